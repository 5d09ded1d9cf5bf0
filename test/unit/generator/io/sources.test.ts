import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDescriptions } from '../../../../generator/src/io/descriptions.js';
import {
  readErrorFacts,
  readKnownErrors,
  readOverlay,
} from '../../../../generator/src/io/facts.js';
import { fetchSchema } from '../../../../generator/src/io/fetch-schema.js';
import { plainWords } from '../../../../generator/src/io/plain-words.js';
import { Folder } from '../cli/run-cli.js';

const repo = join(import.meta.dirname, '../../../..');
const schemas = join(repo, 'schemas');

describe('fetchSchema', () => {
  let server: Server;
  let url = '';
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/large') response.end('x'.repeat(5000));
      else if (request.url === '/ok') response.end('a = A; // ü');
      // Anything else is never answered.
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('downloads within its limits', async () => {
    const cwd = '.';
    expect(await fetchSchema(`${url}/ok`, { cwd })).toBe('a = A; // ü');
    const large = fetchSchema(`${url}/large`, { cwd, maxBytes: 4000 });
    await expect(large).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringContaining('larger'),
    });
    const slow = fetchSchema(`${url}/slow`, { cwd, timeout: 50 });
    await expect(slow).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringContaining('no answer'),
    });
    const aborted = fetchSchema(`${url}/slow`, { cwd, signal: AbortSignal.timeout(30) });
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    await expect(fetchSchema('http://127.0.0.1:1/x', { cwd })).rejects.toMatchObject({
      code: 'fetch-failed',
    });
  });
});

describe('facts', () => {
  it('reads the errors and the overlay of telegram', async () => {
    const facts = await readErrorFacts(join(schemas, 'telegram/errors.json'));
    expect(facts.methods['messages.sendEncrypted']).toContainEqual({
      name: 'DATA_TOO_LONG',
      code: 400,
    });
    expect(facts.callers['messages.sendEncrypted']).toBe('user');
    const known = await readKnownErrors(join(schemas, 'telegram/errors.json'));
    expect(known).toContainEqual({ name: 'AUTH_KEY_UNREGISTERED', code: 401, general: true });
    const overlay = await readOverlay(join(schemas, 'telegram/overlay.json'));
    expect(overlay.substitutes['InputPeer']?.accepts).toBe('PeerLike');
    expect(overlay.filled.length).toBeGreaterThan(3);
    expect(overlay.aliases?.map(({ alias }) => alias)).toContain('chat_id');
    expect(overlay.parseMode).toContain('messages.sendMessage');
  });

  it('reads descriptions of our own and of an npm package; without it there is a note', async () => {
    const own = await readDescriptions(join(schemas, 'secret/docs.json'), schemas);
    expect(own.descriptions?.constructors['decryptedMessage']?.fields?.['ttl']).toContain(
      'Seconds',
    );
    expect(own.descriptions?.types['DecryptedMessage']).toBeTypeOf('string');
    const docs = { package: '@mtcute/core', version: '0.30.3', file: 'tl/api-schema.json' };
    const { descriptions } = await readDescriptions(docs, schemas);
    expect(descriptions?.methods['messages.sendEncrypted']?.description).toBe(
      'Sends a text message to a secret chat.',
    );
    expect(descriptions?.methods['messages.sendEncrypted']?.fields?.['data']).toContain(
      '](https://',
    );
    const none = await readDescriptions({ ...docs, package: '@mtcute/nothing' }, schemas);
    expect(none).toEqual({ descriptions: null, note: expect.stringContaining('not installed') });
  });

  it('explains broken files', async () => {
    const folder = new Folder({ 'a.json': '{', 'b.json': '[]' });
    await expect(readErrorFacts(join(folder.path, 'a.json'))).rejects.toMatchObject({
      code: 'bad-json',
    });
    await expect(readOverlay(join(folder.path, 'b.json'))).rejects.toMatchObject({
      code: 'bad-config',
    });
    folder.remove();
  });

  it.each([
    ['errors', { methods: { a: [] } }, 'methods.a: expected an object, got an array'],
    [
      'errors',
      { methods: { 'a.b': { 400: 5 } } },
      'methods["a.b"].400: expected an array, got a number',
    ],
    ['errors', { methods: { a: { x: [] } } }, 'methods.a.x: the key is not an error code'],
    [
      'errors',
      { methods: {}, callers: { a: 'all' } },
      'callers.a: expected "user", "bot" or "both"',
    ],
    ['errors', { method: {} }, 'method: unknown key; did you mean "methods"?'],
    ['errors', {}, 'methods: this key is required'],
    ['errors', 5, 'the file: expected an object, got a number'],
    ['overlay', { substitutes: { A: 'B' } }, 'substitutes.A: expected an object, got a string'],
    [
      'overlay',
      { substitutes: { A: { accepts: 'JsonValue', words: 'w' } } },
      'substitutes.A.accepts: expected one of "PeerLike", "SecretChatLike",',
    ],
    [
      'overlay',
      { substitutes: {}, filled: [{ field: 'f', type: 'int', words: 'w', fill: 'guess' }] },
      'filled[0].fill: expected one of "random", "timed-random",',
    ],
    [
      'overlay',
      { substitutes: {}, filled: [{ field: 'f', type: 'T', words: 'w', fill: 'empty' }] },
      'filled[0].value: this key is required with "empty"',
    ],
    [
      'overlay',
      { substitutes: {}, filled: [{ field: 'f', type: 'T', words: 'w', fill: 'random-each' }] },
      'filled[0].each: this key is required with "random-each"',
    ],
    [
      'overlay',
      {
        substitutes: {},
        filled: [{ field: 'f', type: 'int', words: 'w', fill: 'constant', value: null }],
      },
      'filled[0].value: expected a string, number or boolean, got null',
    ],
    [
      'overlay',
      { substitutes: {}, aliases: [{ alias: 'chat_id', field: 'peer' }] },
      'aliases[0].methods: this key is required',
    ],
    ['overlay', { substitutes: {}, parseMode: 'x' }, 'parseMode: expected an array, got a string'],
    ['overlay', { substitutes: {}, filled: {} }, 'filled: expected an array, got an object'],
    ['overlay', { substitutes: {}, filled: [{}] }, 'filled[0].field: this key is required'],
    [
      'overlay',
      { substitutes: {}, instead: [{ use: 'u', words: 'w', methods: [1] }] },
      'instead[0].methods[0]: expected a non-empty string, got a number',
    ],
    ['docs', { constructors: { a: 'words' } }, 'constructors.a: expected an object, got a string'],
    ['docs', { methods: { a: { fields: [] } } }, 'methods.a.fields: expected an object'],
    ['docs', { types: { A: {} } }, 'types.A.description: this key is required'],
    ['data', { e: [{ kind: 'x' }] }, 'e[0].kind: expected "class" or "method", got a string'],
    ['data', [], 'the file: expected an object, got an array'],
  ] as const)('names what is wrong in %s: %j', async (kind, content, problem) => {
    const folder = new Folder({
      'f.json': JSON.stringify(content),
      'node_modules/data/f.json': JSON.stringify(content),
      'node_modules/data/package.json': '{}',
    });
    const file = join(folder.path, 'f.json');
    const reading = {
      errors: () => readErrorFacts(file),
      overlay: () => readOverlay(file),
      docs: () => readDescriptions(file, folder.path),
      data: () => readDescriptions({ package: 'data', file: 'f.json' }, folder.path),
    }[kind]();
    await expect(reading).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringContaining(`\n  ${problem}`),
    });
    folder.remove();
  });

  it('turns HTML into Markdown', () => {
    expect(
      plainWords(
        'a <strong>b</strong> <a href="u">t</a> <user_id> &lt;x&gt;<br>{@link messages.RawGetPollVotesRequest}',
      ),
    ).toBe('a **b** [t](u) <user_id> <x>\n`messages.getPollVotes`');
    expect(
      plainWords('<img class="emoji" src="//x/1.png" alt="🎲"> dice <img src="//x/2.png">.'),
    ).toBe('🎲 dice .');
  });
});
