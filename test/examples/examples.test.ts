import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../examples/', import.meta.url));

/** What each example must say for itself. */
const SAYS: Readonly<Record<string, readonly string[]>> = {
  'bot.mjs': [
    'Bot: “hello” is not on the /menu',
    'Bot: Which tea?',
    'Bot: How many cups of green tea?',
    'Bot: A number from 1 to 9, or /cancel',
    'Bot: 3 × green: coming!',
    'Bot: “thanks” is not on the /menu',
  ],
  'call-errors.mjs': [
    'The home data center is 4 now (PHONE_MIGRATE)',
    '400 USERNAME_NOT_OCCUPIED, of contacts.resolveUsername',
    'waits 1 s',
    'wait 3600 s',
    'TIMEOUT: ',
    'messages.sendMessage may have run: true',
  ],
  'connections.mjs': [
    'tcp_full: data centre 2',
    'tcp_padded_intermediate: data centre 2',
    'obfuscated2: data centre 2',
    'websocket_tls: data centre 2',
    'https: data centre 2',
    'main connection to 2: waiting',
    'main connection to 2: closed',
    'BAD_SETTING connection.protocol',
    'CLOSED unsupported',
  ],
  'encode-decode.mjs': [
    'messages.sendEncrypted → 40 bytes',
    'SendEncryptedRequest {',
    'sent at 1763712000',
    'end-of-data: 8 bytes needed, 0 left at messages.sendEncrypted → randomId, byte 24',
  ],
  'errors.mjs': [
    'end-of-data | 8 bytes needed, 0 left | messages.sendEncrypted randomId | 24',
    'unknown-constructor: ',
    'trailing-bytes: ',
    'wrong-type: ',
    'vector-too-long: ',
    'bad-length: ',
    'gunzip: ',
    'missing-field: ',
    'bad-value: ',
    'too-long: ',
    'unpaired-flag: ',
    'bad-json: ',
    'too-deep: ',
    'bad-registry: ',
    'end-of-data at byte 24',
  ],
  'files.mjs': [
    '3000000 of 3000000 bytes',
    '1 messageMediaDocument',
    'inputFile 3000000 text/plain',
    "[ 'messageMediaPhoto', 'messageMediaPhoto' ]",
    'document table.csv 10 text/csv',
    'document report.txt 3000000 text/plain',
    'true 3000000',
    '206 199 206 213 220 227 234 241 248 255 6',
    'document document 2 16',
    'inputEncryptedFileUploaded 32 32 3000000',
    'EMPTY There is nothing to upload',
    'FILE_ACCESS Opening "…/nothing.txt" failed',
    'BAD_FILE_ID That is no file id',
    'BAD_RANGE The range starts at 5000000',
    'EXISTS "…/report.txt" is there already',
    'ABORTED',
    'went on after 1572864 bytes',
    'WRONG_HASH',
  ],
  'invoker.mjs': [
    '→ help.getNearestDc, 4 bytes',
    'country NL, data centre 4',
    'message 7',
    'this is data centre 2',
    'help.getNearestDc was called off',
    '44fa7a15',
  ],
  'json.mjs': ['"id":"5000000000"', '"fileReference":"AQID"', 'true true', "randomId: '1'"],
  'loose.mjs': [
    'updateShortSentMessage',
    '2 found',
    "chat_id is the Bot API's name of peer",
    'better use client.peers.search',
    'BAD_PARAMETER mesage',
    'BAD_PARAMETER message',
    'NOT_IN_SCHEMA messages.sendMessage',
    'UNKNOWN_PEER @nobody_here',
    'BAD_PEER "no peer"',
    'BAD_TEXT 0',
    'BAD_KEYBOARD 0 0',
    "[ 'one', 'two', 'three' ]",
    '2 messages, the last has the id 10',
    'FLOOD_WAIT: wait 90 s',
    '→ auth.signIn',
  ],
  'migrating.mjs': ['messages.sendMessage', "channelId: '1234567', accessHash: '-5'"],
  'migrating-events.mjs': ['pong 7'],
  'own-schema.mjs': [
    '0 problems; 2 constructors',
    '{"_":"note","pinned":true,"id":"1","text":"milk"}',
    'error: unknown type `Noet`',
    'color added: int !',
    'src/generated/base.ts',
    '{ constructors: 2, methods: 1, types: 1, modules: 2 }',
  ],
  'peers.mjs': [
    'supergroup The club -1002000000001n inputPeerChannel',
    'user Ann Example inputPeerSelf',
    "{ type: 'channel', id: 1234567n }",
    "{ type: 'chat', id: 100412412901n }",
    'The club 2',
    'Bob creator',
    'user Bob, 1 unread: Dinner at eight',
    'Welcome | How are you? | Read the rules',
    '1 1',
    'true creator Ann',
    'UNKNOWN_PEER: The user 7777777777',
    'UNKNOWN_PEER: Nobody has the username @nobody_here',
    'BAD_PEER: "what?"',
    'WRONG_PEER_TYPE: -1002000000001 is a channel or supergroup',
    'who is @old_name_of_the_club?',
  ],
  'rpc-errors.mjs': [
    '403 USER_IS_BLOCKED',
    'callers: user | as of 20',
    'messages.sendEncryptedFile',
    'The other side closed this chat.',
  ],
  'secret-layers.mjs': ['decryptedMessage_17 68 bytes', 'layer 17 says: hello', "randomId: '2'"],
  'sessions.mjs': [
    'still signed in: true',
    'StorageError locked',
    'tlgen1.',
    'signed in: true',
    'gramjs: data center 2, user known: false',
    'telethon: data center 2, user known: false',
    'pyrogram: data center 2, user known: true',
    'mtcute: data center 2, user known: true',
    'mtkruto: data center 2, user known: true',
    'imported: true',
    'from tdata: true',
    'DAMAGED',
    'UNKNOWN_FORMAT',
    'CANNOT_EXPORT: A Pyrogram session',
    'StorageError passphrase',
    'signed out: AUTH_KEY_DUPLICATED',
  ],
  'sign-in.mjs': [
    'a bot: true',
    'the code comes by sms, or else by call',
    'the code comes by call, or else by nothing',
    'the password (the cave) once more, it was wrong',
    'signed in: true',
    'a new user: user, true',
    'WRONG_STEP at "code": try checkCode',
    'PHONE_CODE_INVALID',
    'by QR: true',
    'Phone number or bot token, or q for a QR code: ',
    'Telegram has sent a code by SMS.',
    'logged out: true',
    'back again: true',
  ],
  'test-a-bot.mjs': [
    'signed in, a bot: true',
    'You wrote: hello',
    'PEER_FLOOD',
    "[ 'bots.setBotCommands' ]",
    '@echo_bot: /start',
    'You wrote: did you wait?',
    'You wrote: did it break?',
    'connections cut: 1',
  ],
  'text.mjs': [
    'italic 6 4',
    '*Bold, _both_* and `a < b`',
    '5 yes',
    'textMention @bobby',
    'textMention 777000n',
    "[ [ 'A', 'B' ], [ 'C' ] ]",
    'Character . is reserved: write \\. (at offset 9)',
    '*bold, [not a link]',
    '"three four" <i>three four</i>',
    'What would you like? replyInlineMarkup',
  ],
  'two-clients.mjs': [
    'signed in over obfuscated2',
    'signed in over websocket',
    'Bob reads: Hello, Bob!',
    'the strict data center refused 0 packets',
  ],
  'updates.mjs': [
    'Ann: Are you there?',
    "Bob's client: One moment …",
    'messageMediaPhoto',
    '1 2 3: 6',
    'VERY GOOD',
    'an album of 2',
    'updateNewMessage Good night',
    'updateNewMessage two',
    'Where is my tea?\nIs it ready?\n',
    'green tea is booked',
    'green tea was booked before',
    "orders: [ { tea: 'green tea' } ]",
  ],
  'two-layers.mjs': ['unknown-constructor', "text: 'milk', color: 0"],
};

describe('examples', () => {
  it.each(readdirSync(folder))('%s runs', (file) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [folder + file], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const text of SAYS[file] ?? []) expect(stdout).toContain(text);
    expect(SAYS).toHaveProperty([file]);
  });

  it('type-check', () => {
    const files = readdirSync(folder).map((file) => folder + file);
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'];
    const options = ['--noEmit', '--allowJs', '--checkJs', '--skipLibCheck', '--types', 'node'];
    const target = ['--target', 'es2023', '--module', 'nodenext', '--ignoreConfig'];
    const tsc = fileURLToPath(new URL('../../node_modules/typescript7/bin/tsc', import.meta.url));
    const { stdout } = spawnSync(
      process.execPath,
      [tsc, ...options, ...strict, ...target, ...files],
      {
        encoding: 'utf8',
      },
    );
    expect(stdout).toBe('');
  });
});
