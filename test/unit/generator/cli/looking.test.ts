import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Folder, SMALL, tlgen } from './run-cli.js';

const CALLS = join(import.meta.dirname, '../../../../schemas/calls/calls.tl');
const ERRORS = {
  source: 'made up',
  date: '2026-01-01',
  errors: { 400: ['USER_ID_INVALID'], 420: ['FLOOD_WAIT_%d'] },
  general: { 420: ['FLOOD_WAIT_%d'] },
  methods: { 'users.getUser': { 400: ['USER_ID_INVALID'] } },
  callers: { 'users.getUser': 'bot' },
};
const CONFIG = {
  schemas: {
    telegram: { file: 'small.tl', package: 'small', out: 'out', errors: 'errors.json' },
    more: { file: 'more.tl', package: 'more', out: 'more' },
  },
  idExceptions: { more: { 'b#33': 'everyone does' } },
};
const folder = new Folder({
  'small.tl': SMALL,
  'more.tl': 'a#d19c6abb = A;\nb#33 = B;\nc = C;\n',
  'new.tl': SMALL.replace('LAYER 7', 'LAYER 8')
    .replace('y:int', 'y:int z:int')
    .replace('point#12', 'point#13'),
  'errors.json': JSON.stringify(ERRORS),
  'tlgen.config.json': JSON.stringify(CONFIG),
});
afterAll(() => folder.remove());
const cli = (...args: string[]) => tlgen(folder.path, args);

describe('inspect', () => {
  it('finds names, ids in all spellings, types and errors', async () => {
    const method = await cli('inspect', 'users.getUser');
    expect(method.code).toBe(0);
    expect(method.stdout).toContain('users.getUser#21 id:long = User');
    expect(method.stdout).toContain('callers: bots only');
    expect(method.stdout).toContain('USER_ID_INVALID (400)');
    for (const id of ['#21', '0x21', '00000021', 'users.getUser#21']) {
      expect((await cli('inspect', id)).stdout, id).toBe(method.stdout);
    }
    expect((await cli('inspect', 'User', '--json')).json()).toEqual({
      kind: 'type',
      name: 'User',
      description: null,
      constructors: ['user'],
      returnedBy: ['users.getUser', 'users.getUsers'],
    });
    expect((await cli('inspect', 'USER_ID_INVALID', '--json')).json()).toMatchObject({
      kind: 'error',
      codes: [400],
      methods: ['users.getUser'],
      source: 'made up',
    });
    expect((await cli('inspect', 'FLOOD_WAIT_42')).stdout).toContain(
      'any method may answer with it',
    );
    expect((await cli('inspect', 'user', '--json')).json()).toMatchObject({
      kind: 'constructor',
      class: 'User',
      fields: [
        { name: 'flags' },
        { name: 'id', type: 'long', flag: null },
        { name: 'name', flag: 'flags.0' },
        {},
        {},
      ],
    });
  });

  it.each([
    ['users.getUsr', 'did you mean users.getUser'],
    ['getUser', 'did you mean users.getUser'],
    ['USER_ID_INVALD', 'did you mean USER_ID_INVALID'],
    ['#deadbeef', 'nothing has the id #deadbeef'],
    ['zzzzzzzzzzzz', 'no constructor, method, type or error'],
  ])('%s is not found: exit code 1', async (name, words) => {
    const { code, stderr } = await cli('inspect', name);
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
  });
});

describe('verify', () => {
  it('is 1 only for unexplained mismatches', async () => {
    const more = await cli('verify', '--schema', 'more', '--json');
    expect(more.json()).toMatchObject({
      schemas: [{ computed: 1, mismatches: expect.any(Array) }],
    });
    const { schemas } = more.json() as {
      schemas: { mismatches: { name: string; reason: string | null }[] }[];
    };
    expect(schemas[0]?.mismatches.find(({ name }) => name === 'b')?.reason).toBe('everyone does');
    const small = await cli('verify', '--schema', 'small.tl');
    expect([small.code, small.stdout]).toEqual([
      1,
      expect.stringMatching(/small\.tl:2: user#00000011, its line gives #/),
    ]);
    expect((await cli('verify')).stdout).toMatch(/telegram[\s\S]*more/);
  });

  it('knows the exceptions of a bundled schema also in a copy of it, but not in another file', async () => {
    folder.write('copy.tl', readFileSync(CALLS));
    for (const file of [CALLS, 'copy.tl']) {
      const { code, stdout } = await cli('verify', '--schema', file);
      expect([code, stdout]).toEqual([0, expect.stringContaining('the id all clients use')]);
    }
    folder.write('copy.tl', `${readFileSync(CALLS, 'utf8')}// changed\n`);
    expect((await cli('verify', '--schema', 'copy.tl')).code).toBe(1);
  });
});

describe('diff', () => {
  it('prints text, Markdown and JSON', async () => {
    const text = await cli('diff', 'small.tl', 'new.tl');
    expect([text.code, text.stdout]).toEqual([0, expect.stringMatching(/~ point/)]);
    expect((await cli('diff', 'telegram', 'new.tl')).stdout).toBe(text.stdout);
    expect((await cli('diff', 'small.tl', 'new.tl', '--format', 'md')).stdout).toMatch(
      /^# [\s\S]*`point`/,
    );
    const json = (await cli('diff', 'small.tl', 'new.tl', '--json')).json();
    expect(json).toMatchObject({ from: { layer: 7 }, to: { layer: 8 }, breaking: true });
    expect((await cli('diff', 'small.tl', 'new.tl', '--format', 'json')).json()).toEqual(json);
    const short = await cli('diff', 'small.tl', 'new.tl', '--format', 'short');
    expect([short.code, short.stdout]).toEqual([
      0,
      expect.stringMatching(/^~ constructors: point$/m),
    ]);
    expect(short.stdout).not.toContain('z:int');
  });
});

describe('stats, convert, init', () => {
  it('counts', async () => {
    const { json } = await cli('stats', '--schema', 'small.tl', '--json');
    expect(json()).toMatchObject({
      schemas: [{ layer: 7, constructors: 2, methods: 3, types: 2, namespaces: 1 }],
    });
    expect((await cli('stats')).stdout).toMatch(/^telegram, layer 7\n[\s\S]*\nmore\n/);
  });

  it('converts to TL-JSON and back', async () => {
    const json = await cli('convert', 'small.tl', '--to', 'json');
    expect(json.json()).toMatchObject({
      constructors: [{ id: '17', predicate: 'user' }, {}],
      methods: [{}, {}, {}],
    });
    expect((await cli('convert', 'small.tl', '--to', 'json', '--out', 'small.json')).code).toBe(0);
    const back = await cli('convert', '--schema', 'small.json', '--to', 'tl');
    expect((await cli('convert', 'small.json', '--to', 'tl')).stdout).toBe(back.stdout);
    const named = await cli('convert', '--to', 'json');
    expect(named.stdout).toBe(json.stdout);
    folder.write('back.tl', back.stdout);
    const diff = (await cli('diff', 'small.tl', 'back.tl', '--json')).json() as { methods: object };
    expect(diff.methods).toEqual({ added: [], removed: [], changed: [] });
  });

  it('writes a config that works, once', async () => {
    const fresh = new Folder({ 'my api.tl': SMALL });
    expect((await tlgen(fresh.path, ['init'])).code).toBe(0);
    expect((await tlgen(fresh.path, ['generate', '--no-compile'])).code).toBe(0);
    expect(JSON.parse(fresh.read('packages/my-api/package.json'))).toMatchObject({
      name: 'my-api',
    });
    const config = fresh.read('tlgen.config.ts');
    const again = await tlgen(fresh.path, ['init']);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('there already')]);
    expect(fresh.read('tlgen.config.ts')).toBe(config);
    fresh.remove();
  });
});
