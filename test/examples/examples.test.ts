import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../examples/', import.meta.url));

/** What each example must say for itself. */
const SAYS: Readonly<Record<string, readonly string[]>> = {
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
  'invoker.mjs': [
    '→ help.getNearestDc, 4 bytes',
    'country NL, data centre 4',
    'message 7',
    'this is data centre 2',
    'help.getNearestDc was called off',
    '44fa7a15',
  ],
  'json.mjs': ['"id":"5000000000"', '"fileReference":"AQID"', 'true true', "randomId: '1'"],
  'migrating.mjs': ['messages.sendMessage', "channelId: '1234567', accessHash: '-5'"],
  'own-schema.mjs': [
    '0 problems; 2 constructors',
    '{"_":"note","pinned":true,"id":"1","text":"milk"}',
    'error: unknown type `Noet`',
    'color added: int !',
    'src/generated/base.ts',
    '{ constructors: 2, methods: 1, types: 1, modules: 2 }',
  ],
  'rpc-errors.mjs': [
    '403 USER_IS_BLOCKED',
    'callers: user | as of 20',
    'messages.sendEncryptedFile',
    'The other side closed this chat.',
  ],
  'secret-layers.mjs': ['decryptedMessage_17 68 bytes', 'layer 17 says: hello', "randomId: '2'"],
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
  'two-clients.mjs': [
    'signed in over obfuscated2',
    'signed in over websocket',
    'Bob reads: Hello, Bob!',
    'the strict data center refused 0 packets',
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
