import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';

const run = (command: string, args: readonly string[], cwd: string): string => {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${status}\n${stdout}${stderr}`);
  return stdout;
};

/** Unpacks what npm would publish; what it depends on is linked from this repository's node_modules. */
function install(workspace: string, target: string): void {
  run('npm', ['pack', '--silent', '--pack-destination', folder], root + workspace);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) as string;
  mkdirSync(target, { recursive: true });
  run('tar', ['xzf', join(folder, tarball), '-C', target, '--strip-components', '1'], folder);
  rmSync(join(folder, tarball));
}

describe('what npm publishes', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tlgen-packed-'));
    const modules = join(folder, 'node_modules');
    mkdirSync(modules);
    for (const name of readdirSync(`${root}node_modules`)) {
      if (!['@tlgen', 'tlgen', '.bin'].includes(name))
        symlinkSync(`${root}node_modules/${name}`, join(modules, name));
    }
    for (const name of ['codec', 'secret', 'mtproto', 'telegram', 'runtime', 'local-dc'])
      install(`packages/${name}`, join(modules, '@tlgen', name));
    install('generator', join(modules, 'tlgen'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('generates, and what it generated runs', () => {
    const bin = join(folder, 'node_modules/tlgen/bin/tlgen.mjs');
    writeFileSync(
      join(folder, 'my.tl'),
      'point x:int y:int = Point;\n---functions---\nmove by:Point = Bool;\n',
    );
    run(
      process.execPath,
      [bin, 'generate', '--schema', 'my.tl', '--name', 'my-api', '--out', 'node_modules/my-api'],
      folder,
    );
    writeFileSync(
      join(folder, 'run.mjs'),
      `import { decode, encode } from '@tlgen/codec';
       import { MoveRequest, Point } from 'my-api/base';
       import { registry } from 'my-api/registry';
       import { DecryptedMessage } from '@tlgen/secret/layers/46';
       const copy = decode(encode(new MoveRequest({ by: new Point({ x: 1, y: -1 }) })), registry);
       console.log(JSON.stringify(copy), DecryptedMessage.tl);`,
    );
    expect(run(process.execPath, ['run.mjs'], folder)).toBe(
      '{"_":"move","by":{"_":"point","x":1,"y":-1}} decryptedMessage_45\n',
    );
  });

  it('knows the schema of Telegram that it carries', () => {
    const bin = join(folder, 'node_modules/tlgen/bin/tlgen.mjs');
    expect(run(process.execPath, [bin, 'inspect', 'messages.sendEncrypted'], folder)).toContain(
      '#44fa7a15',
    );
  });

  it('signs in to the data center it carries', () => {
    writeFileSync(
      join(folder, 'sign-in.mjs'),
      `import { LocalDc } from '@tlgen/local-dc';
       import { Client, MemoryStorage } from '@tlgen/runtime';
       import { schema } from '@tlgen/telegram/schema';
       const dc = await LocalDc.start();
       const { token } = await dc.createUser({ bot: true });
       const storage = new MemoryStorage();
       const client = new Client({ schema, storage, ...dc.clientOptions, logger: { to: 'none' } });
       const { bot } = await client.signIn({ botToken: token });
       await client.close();
       await dc.close();
       console.log(bot, dc.refusals.count);`,
    );
    expect(run(process.execPath, ['sign-in.mjs'], folder)).toBe('true 0\n');
    const bin = join(folder, 'node_modules/@tlgen/local-dc/bin/tlgen-local-dc.mjs');
    expect(run(process.execPath, [bin, '--help'], folder)).toContain('--port');
  });

  it('keeps a session in a file, and calls by client.api', () => {
    writeFileSync(
      join(folder, 'sessions.mjs'),
      `import { LocalDc } from '@tlgen/local-dc';
       import { Client, SqliteStorage } from '@tlgen/runtime';
       import { terminal } from '@tlgen/runtime/terminal';
       import { schema } from '@tlgen/telegram/schema';
       const dc = await LocalDc.start();
       const ada = await dc.createUser({ firstName: 'Ada' });
       await dc.createUser({ firstName: 'Grace', username: 'grace_hopper' });
       const settings = { schema, ...dc.clientOptions, logger: { to: 'none' } };
       const first = new Client({ ...settings, storage: 'folder/my.session' });
       await first.signIn({ phone: ada.phone, code: dc.loginCode });
       await first.api.messages.sendMessage({ peer: '@grace_hopper', message: 'Hello' });
       await first.close();
       const second = new Client({ ...settings, storage: new SqliteStorage('folder/my.session') });
       await second.connect();
       const texts = [];
       for await (const { message } of second.peers.history('@grace_hopper')) texts.push(message);
       const { firstName } = await second.me();
       await second.close();
       await dc.close();
       console.log(firstName, texts.join(), dc.refusals.count, typeof terminal().who);`,
    );
    const said = run(process.execPath, ['sessions.mjs'], folder);
    expect(said).toBe('Ada Hello 0 function\n');
  });

  it('sends and fetches files, and deciphers them on other threads', () => {
    writeFileSync(
      join(folder, 'files.mjs'),
      `import { readFile, writeFile } from 'node:fs/promises';
       import { syncBuiltinESMExports } from 'node:module';
       import { availableParallelism } from 'node:os';
       import threads from 'node:worker_threads';
       let answers = 0;
       threads.Worker = class extends threads.Worker {
         constructor(...given) {
           super(...given);
           this.on('message', () => answers++);
         }
       };
       syncBuiltinESMExports();
       const { LocalDc } = await import('@tlgen/local-dc');
       const { Client, FileError, MemoryStorage } = await import('@tlgen/runtime');
       const { schema } = await import('@tlgen/telegram/schema');
       const bytes = new Uint8Array(3_000_001).map((_, at) => at ^ (at >> 9));
       await writeFile('sent.bin', bytes);
       const dc = await LocalDc.start();
       const ada = await dc.createUser({ firstName: 'Ada' });
       const storage = new MemoryStorage();
       const client = new Client({ schema, storage, ...dc.clientOptions, logger: { to: 'none' } });
       await client.signIn({ phone: ada.phone, code: dc.loginCode });
       const { media } = await client.sendFile('me', 'sent.bin');
       const got = await client.files.download(media);
       const { path } = await client.files.downloadToDirectory(media, '.');
       const parts = [];
       for await (const part of client.files.stream(media, { start: 999, end: 99_999 })) parts.push(part);
       const secret = await client.files.uploadEncrypted('sent.bin');
       const refused = await client.files.upload('none.bin').catch((error) => error);
       await client.close();
       await dc.close();
       const same = (one, other) => Buffer.compare(one, other) === 0;
       console.log(path, same(got, bytes), same(await readFile(path), bytes));
       console.log(same(Buffer.concat(parts), bytes.subarray(999, 99_999)));
       console.log(secret.size, secret.inputFile.parts, dc.refusals.count);
       console.log(refused instanceof FileError, refused.code, answers > 0 === availableParallelism() > 1);`,
    );
    const said = run(process.execPath, ['files.mjs'], folder).trimEnd().split('\n');
    expect(said).toEqual([
      'sent (2).bin true true',
      'true',
      '3000001 6 0',
      'true FILE_ACCESS true',
    ]);
  });

  it('runs a bot: handlers, a conversation, a pressed button, a loop; what was missed comes', () => {
    writeFileSync(
      join(folder, 'bot.mjs'),
      `import { LocalDc } from '@tlgen/local-dc';
       import { Client, filters, MemoryStorage } from '@tlgen/runtime';
       import { schema } from '@tlgen/telegram/schema';
       const dc = await LocalDc.start();
       const ann = await dc.createUser({ firstName: 'Ann' });
       const bot = await dc.createUser({ bot: true, username: 'tea_house_bot' });
       const common = { schema, ...dc.clientOptions, logger: { to: 'none' } };
       const keyboard = { inline_keyboard: [[{ text: 'Green', callback_data: 'tea:green' }]] };
       const teaHouse = (client) => {
         client.on(filters.command('start'), (event) => event.respond('Which tea?', { replyMarkup: keyboard }));
         client.on(filters.callbackQuery(/^tea:(\\w+)$/), async (event) => {
           await event.answer('One moment');
           const answer = await event.ask('How many?', filters.text(), { timeout: 20_000 });
           await answer.reply(answer.text + ' × ' + event.match[1]);
         });
       };
       const said = async (count) => {
         for (let tries = 0; tries < 3000; tries++) {
           const texts = dc.messagesOf(ann, bot).map(({ message }) => message);
           if (texts.length >= count) return texts;
           await new Promise((resolve) => setTimeout(resolve, 10));
         }
         throw new Error('the bot does not answer');
       };
       const storage = new MemoryStorage();
       const first = new Client({ ...common, storage }).use(teaHouse);
       await first.signIn({ botToken: bot.token });
       dc.send(ann, bot, '/start');
       await said(2);
       const { message } = await dc.pressButton(ann, bot, 'Green');
       await said(3);
       dc.send(ann, bot, '3');
       console.log(message, (await said(5)).join(' | '));
       await first.close();
       dc.sendMany(ann, bot, ['missed', 'missed too']);
       const second = new Client({ ...common, storage });
       const reading = second.updates();
       await second.connect();
       const texts = [];
       for await (const { text, from } of reading) if (texts.push(text + ' ' + from) === 2) break;
       dc.send(ann, bot, 'one more');
       await second.getUpdates();
       const batch = await second.getUpdates({ timeout: 20 });
       console.log(texts.join(' | '), batch.map(({ event }) => event.text).at(-1));
       await second.close();
       await dc.close();
       console.log(dc.refusals.count);`,
    );
    const said = run(process.execPath, ['bot.mjs'], folder).trimEnd().split('\n');
    expect(said).toEqual([
      'One moment /start | Which tea? | How many? | 3 | 3 × green',
      'missed difference | missed too difference one more',
      '0',
    ]);
  });

  it('says what to install where libsql is missing; everything else works', () => {
    writeFileSync(
      join(folder, 'without.mjs'),
      `import { Client, SqliteStorage, StorageError } from '@tlgen/runtime';
       import { schema } from '@tlgen/telegram/schema';
       const client = (storage) => new Client({ schema, storage, apiId: 1, apiHash: 'hash' });
       for (const attempt of [
         () => client('my.session').connect({ timeout: 5000 }),
         () => client(new SqliteStorage('my.session')).connect({ timeout: 5000 }),
       ]) {
         const error = await attempt().catch((error) => error);
         console.log(error instanceof StorageError, error.code, error.message);
       }`,
    );
    const link = join(folder, 'node_modules/libsql');
    const source = readlinkSync(link);
    rmSync(link);
    try {
      const lines = run(process.execPath, ['without.mjs'], folder).trimEnd().split('\n');
      expect(lines).toHaveLength(2);
      for (const line of lines)
        expect(line).toMatch(/^true unsupported SqliteStorage needs .* npm install libsql/);
      expect(run(process.execPath, ['sign-in.mjs'], folder)).toBe('true 0\n');
    } finally {
      symlinkSync(source, link);
    }
  });

  describe('typed for programs', () => {
    const program = `import {
  Client,
  FileError,
  filters,
  StorageError,
  type FileErrorCode,
  type OutgoingMedia,
  type Parts,
  type Plugin,
  type Progress,
  type SentFile,
} from '@tlgen/runtime';
import type { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

const client = new Client({ schema, apiId: 1, apiHash: 'hash', storage: 'a-path' });
export const sent: Promise<base.TypeUpdates> = client.api.messages.sendMessage({
  peer: '@x',
  message: 'y',
});
export const formatted = client.api.messages.sendMessage(
  { peer: 1000n, message: '<b>y</b>', parseMode: 'html' },
  { timeout: 1000, signal: new AbortController().signal },
);
// @ts-expect-error A message has to be there.
void client.api.messages.sendMessage({ peer: '@x' });
// @ts-expect-error There is no such parameter.
void client.api.messages.sendMessage({ peer: '@x', message: 'y', text: 'y' });
// @ts-expect-error There is no such method.
void client.api.messages.sendMassage({ peer: '@x', message: 'y' });
export async function names(): Promise<string[]> {
  const found: string[] = [];
  for await (const message of client.peers.history('@x', { limit: 3 }))
    if (message._ === 'message') found.push(message.message);
  return found;
}
const onProgress = ({ done, total }: Progress): void => console.log(done, total);
export const file: Promise<SentFile> = client.sendFile('@x', new Blob(['y']), { onProgress });
export const voice: OutgoingMedia = { type: 'voice', file: new Uint8Array(9), waveform: [0, 31] };
export async function fetched(media: base.TypeMessageMedia): Promise<string> {
  for await (const part of client.files.chunks(media, { start: 5 })) console.log(part.length);
  await client.api.messages.sendMedia({ peer: '@x', media: new File(['y'], 'z.txt') });
  await client.files.upload(new ReadableStream<Uint8Array>(), { size: 5, resume: 'name' });
  await client.files.downloadTo(media, new WritableStream<Uint8Array>());
  // @ts-expect-error Progress is told of by another name.
  await client.files.download(media, { onprogress: onProgress });
  console.log(new Blob([await client.files.download(media)]).size);
  return new Response(client.files.stream(media)).text();
}
client.on(filters.private.and(filters.command('add')), async (event) => {
  const name: 'add' = event.command.name;
  const chatId: bigint = event.chatId;
  const [sent] = await event.reply(event.command.argv.join(name), { replyMarkup: undefined });
  console.log(chatId, sent);
  const { media } = await event.ask('A photo?', filters.photo, { timeout: 5000 });
  console.log(media.photo);
  // @ts-expect-error A command is no pressed button.
  console.log(event.data);
});
client.on('updates-lost', ({ reason, chatId }) => console.log(reason, chatId));
// @ts-expect-error There is no such event.
client.on('message', () => undefined);
// @ts-expect-error Filters with arguments are called.
client.on(filters.command, () => undefined);
const plugin: Plugin = (one) => one.on(filters.joined, ({ members }) => console.log(members.length));
export async function heard(): Promise<base.TypeUpdate[]> {
  for await (const event of client.use(plugin).updates({ own: true })) {
    const message: base.TypeMessage | null = event.message;
    if (message === null) break;
  }
  await using reading = client.updates();
  console.log((await reading.next()).value?.text);
  await using chat = await client.conversation('@x');
  console.log((await chat.waitFor(filters.callbackQuery(/x/))).match.index);
  const items = await client.getUpdates({ offset: 5, timeout: 30 });
  return items.map(({ updateId, update }) => (updateId > 5 ? update : update));
}
export const codeOf = (error: unknown): FileErrorCode | null =>
  error instanceof FileError ? error.code : null;
export const isStorage = (error: unknown): error is StorageError => error instanceof StorageError;
export type Clock = Parts['platform']['clock'];
`;
    const atTerminal = `import type { Client } from '@tlgen/runtime';
import { terminal } from '@tlgen/runtime/terminal';

export const signIn = (client: Client) => client.signIn(terminal());
`;
    const streams = `import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Client } from '@tlgen/runtime';

export async function copy(client: Client, id: string): Promise<void> {
  await client.sendFile('me', createReadStream('a'), { size: 5 });
  await client.files.upload(process.stdin);
  await client.files.downloadTo(id, createWriteStream('b'));
  Readable.fromWeb(client.files.stream(id)).pipe(process.stdout);
}
`;
    const strict = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: false,
    };
    const onNode = { lib: ['ES2023'], types: ['node'] };
    const onPage = { lib: ['ES2023', 'ESNext.Disposable', 'DOM'], types: [] };
    const nodenext = { target: 'ES2022', module: 'nodenext', moduleResolution: 'nodenext' };
    const bundler = { target: 'ES2022', module: 'esnext', moduleResolution: 'bundler' };
    const hosts = {
      'Node, nodenext': { ...strict, ...onNode, ...nodenext },
      'Node, bundler': { ...strict, ...onNode, ...bundler },
      'a page, bundler': { ...strict, ...onPage, ...bundler, customConditions: ['browser'] },
    };
    const compilers = { 'TypeScript 6': 'typescript', 'TypeScript 7': 'typescript7' };

    for (const [compiler, name] of Object.entries(compilers))
      for (const [host, compilerOptions] of Object.entries(hosts))
        it(`${compiler}: ${host}`, () => {
          // A terminal needs the types of Node, as do its streams.
          const onlyNode = { 'terminal.mts': atTerminal, 'streams.mts': streams };
          const more = host.startsWith('Node') ? onlyNode : {};
          const files = { 'program.mts': program, ...more };
          for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
          const config = { compilerOptions, files: Object.keys(files) };
          writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
          run(process.execPath, [`node_modules/${name}/bin/tsc`, '-p', '.'], folder);
        });
  });
});
