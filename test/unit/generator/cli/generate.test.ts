import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Folder, SMALL, tlgen } from './run-cli.js';

let folder = new Folder();
afterEach(() => folder.remove());

const MAKE = ['--schema', 'small.tl', '--name', 'small-api', '--out', 'out', '--no-compile'];
const CONFIG = `import { defineConfig } from 'tlgen';
export default defineConfig({
  schemas: {
    small: { file: 'small.tl', package: 'small-api', out: 'out' },
    other: { files: ['a.tl', 'b.tl'], package: '@me/other', out: 'packages/other', layer: 9 },
  },
});
`;
const TWO = { 'a.tl': 'a#31 b:B = A;\n', 'b.tl': 'b#32 x:int = B;\n' };

const until = async (test: () => boolean) => {
  for (let i = 0; i < 200 && !test(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(test()).toBe(true);
};

describe('generate', () => {
  it('writes a package, then does nothing until the schema changes', async () => {
    folder = new Folder({ 'small.tl': SMALL });
    const first = await tlgen(folder.path, ['generate', ...MAKE, '--layer', '42', '--json']);
    expect(first.code).toBe(0);
    expect(first.json()).toMatchObject({
      packages: [{ package: 'small-api', state: 'written', constructors: 2, methods: 3 }],
    });
    expect(JSON.parse(folder.read('out/package.json'))).toMatchObject({ name: 'small-api' });
    expect(folder.read('out/src/generated/users.ts')).toContain('class GetUserRequest');
    expect(folder.read('out/src/generated/schema.ts')).toContain('42');
    const again = await tlgen(folder.path, ['generate', ...MAKE, '--layer', '42', '--json']);
    expect(again.json()).toMatchObject({ packages: [{ state: 'unchanged' }] });
    folder.write('small.tl', SMALL.replace('y:int', 'y:long'));
    const changed = await tlgen(folder.path, ['generate', ...MAKE, '--layer', '42', '--json']);
    expect(changed.json()).toMatchObject({ packages: [{ state: 'written', removed: [] }] });
  });

  it('touches only files that change and prunes what is stale, but not what was edited', async () => {
    folder = new Folder({ 'small.tl': SMALL });
    await tlgen(folder.path, ['generate', ...MAKE]);
    folder.write('out/mine.txt', 'my own');
    const base = join(folder.path, 'out/src/generated/base.ts');
    utimesSync(base, 1, 1);
    folder.write('small.tl', SMALL.replaceAll('users.', 'people.'));
    expect((await tlgen(folder.path, ['generate', ...MAKE])).code).toBe(0);
    expect(existsSync(join(folder.path, 'out/src/generated/users.ts'))).toBe(false);
    expect(existsSync(join(folder.path, 'out/src/generated/people.ts'))).toBe(true);
    expect(folder.read('out/mine.txt')).toBe('my own');
    expect(statSync(base).mtimeMs).toBe(1000);
    folder.write('out/src/generated/people.ts', '// mine now\n');
    folder.write('small.tl', SMALL);
    const kept = await tlgen(folder.path, ['generate', ...MAKE]);
    expect([kept.code, kept.stdout]).toEqual([
      0,
      expect.stringContaining('kept src/generated/people.ts'),
    ]);
    expect(folder.read('out/src/generated/people.ts')).toBe('// mine now\n');
  });

  it('refuses to overwrite files of the user without --force', async () => {
    folder = new Folder({ 'small.tl': SMALL, 'out/package.json': '{"name":"mine"}' });
    const refused = await tlgen(folder.path, ['generate', ...MAKE]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/package\.json \(not written by tlgen\)[\s\S]*--force/);
    expect(readdirSync(join(folder.path, 'out'))).toEqual(['package.json']);
    expect((await tlgen(folder.path, ['generate', ...MAKE, '--force'])).code).toBe(0);
    expect(JSON.parse(folder.read('out/package.json'))).toMatchObject({ name: 'small-api' });
    folder.write('out/src/generated/base.ts', '// edited\n');
    const edited = await tlgen(folder.path, ['generate', ...MAKE]);
    expect([edited.code, edited.stderr]).toEqual([1, expect.stringContaining('edited since')]);
  });

  it.runIf(process.platform === 'linux')('gives up on folders that cannot be made', async () => {
    folder = new Folder({ 'small.tl': SMALL, file: '' });
    const args = ['generate', '--schema', 'small.tl', '--name', 'x', '--no-compile', '--out'];
    for (const out of ['/proc/x/y', '/proc', 'file', 'file/x']) {
      const { code, stderr } = await tlgen(folder.path, [...args, out]);
      expect([code, stderr], out).toEqual([1, expect.stringContaining('error: cannot write into')]);
    }
    const convert = ['convert', 'small.tl', '--to', 'json', '--out', '/proc/x/y.json'];
    expect((await tlgen(folder.path, convert)).stderr).toContain('error: cannot write /proc/x');
  });

  it('leaves the old files when the schema is broken or the run is interrupted', async () => {
    folder = new Folder({ 'small.tl': SMALL });
    await tlgen(folder.path, ['generate', ...MAKE]);
    const before = folder.read('out/src/generated/base.ts');
    folder.write('small.tl', SMALL.replace('y:int', 'y:Intt'));
    expect((await tlgen(folder.path, ['generate', ...MAKE])).code).toBe(1);
    folder.write('small.tl', SMALL.replace('y:int', 'y:long'));
    const signal = AbortSignal.abort();
    const { code, stderr } = await tlgen(folder.path, ['generate', ...MAKE], { signal });
    expect([code, stderr]).toEqual([1, expect.stringContaining('interrupted')]);
    expect(folder.read('out/src/generated/base.ts')).toBe(before);
    expect(
      readdirSync(join(folder.path, 'out')).filter((name) => name.includes('staging')),
    ).toEqual([]);
  });

  it('takes everything from tlgen.config.ts, or one by name', async () => {
    folder = new Folder({ 'small.tl': SMALL, ...TWO, 'tlgen.config.ts': CONFIG });
    const one = await tlgen(folder.path, ['generate', 'small', '--no-compile', '--quiet']);
    expect(one).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(join(folder.path, 'packages'))).toBe(false);
    const all = await tlgen(folder.path, ['generate', '--no-compile', '--json']);
    expect(all.json()).toMatchObject({ packages: [{ state: 'unchanged' }, { state: 'written' }] });
    expect(folder.read('packages/other/package.json')).toContain('@me/other');
    const misspelt = await tlgen(folder.path, ['generate', 'smal']);
    expect([misspelt.code, misspelt.stderr]).toEqual([
      1,
      expect.stringContaining('did you mean small?'),
    ]);
  });

  it('takes everything from schemas/manifest.json', async () => {
    const entry = {
      files: ['small/small.tl'],
      package: 'small-api',
      out: 'packages/small',
      layer: null,
    };
    const manifest = JSON.stringify({ schemas: { small: entry } });
    folder = new Folder({ 'schemas/manifest.json': manifest, 'schemas/small/small.tl': SMALL });
    expect((await tlgen(folder.path, ['generate', '--no-compile'])).code).toBe(0);
    expect(existsSync(join(folder.path, 'packages/small/src/generated/base.ts'))).toBe(true);
    expect(existsSync(join(folder.path, 'packages/small/package.json'))).toBe(false);
  });

  it('watches until interrupted, also past errors', async () => {
    folder = new Folder({ 'small.tl': SMALL });
    const end = new AbortController();
    const running = tlgen(folder.path, ['generate', ...MAKE, '--watch'], { signal: end.signal });
    const base = () =>
      existsSync(join(folder.path, 'out/src/generated/base.ts'))
        ? folder.read('out/src/generated/base.ts')
        : '';
    await until(() => base() !== '');
    await new Promise((resolve) => setTimeout(resolve, 500));
    folder.write('small.tl', 'broken');
    await new Promise((resolve) => setTimeout(resolve, 500));
    folder.write('small.tl', SMALL.replace('y:int', 'y:double why:string'));
    await until(() => base().includes('why'));
    end.abort();
    const { code, stderr } = await running;
    expect(code).toBe(0);
    expect(stderr).toMatch(/small\.tl:1:\d+: error/);
  });
});

describe('check', () => {
  it('is 0 when all is up to date, else 1 with a list', async () => {
    folder = new Folder({ 'small.tl': SMALL });
    const missing = await tlgen(folder.path, ['check', ...MAKE]);
    expect([missing.code, missing.stdout]).toEqual([
      1,
      expect.stringMatching(/missing +src\/generated\/base\.ts/),
    ]);
    await tlgen(folder.path, ['generate', ...MAKE]);
    expect((await tlgen(folder.path, ['check', ...MAKE])).code).toBe(0);
    folder.write('out/src/generated/base.ts', '// edited\n');
    folder.write('small.tl', SMALL.replaceAll('users.', 'people.'));
    const { code, json } = await tlgen(folder.path, ['check', ...MAKE, '--json']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      ok: false,
      packages: [
        {
          missing: ['src/generated/people.ts'],
          differing: expect.arrayContaining(['src/generated/base.ts']),
          stale: ['src/generated/users.ts'],
        },
      ],
    });
    expect(folder.read('out/src/generated/base.ts')).toBe('// edited\n');
  });

  it('advises what will work: --force where files were edited', async () => {
    folder = new Folder({ 'small.tl': SMALL });
    await tlgen(folder.path, ['generate', ...MAKE]);
    folder.write('small.tl', SMALL.replace('y:int', 'y:long'));
    const changed = await tlgen(folder.path, ['check', ...MAKE]);
    expect(changed.stdout).toContain('run `tlgen generate` to');
    folder.write('out/src/generated/base.ts', '// edited\n');
    const edited = await tlgen(folder.path, ['check', ...MAKE]);
    expect(edited.stdout).toContain('base.ts (edited)');
    expect(edited.stdout).toContain('1 file was edited by hand: `tlgen generate --force`');
    expect((await tlgen(folder.path, ['generate', ...MAKE])).code).toBe(1);
    expect((await tlgen(folder.path, ['generate', ...MAKE, '--force'])).code).toBe(0);
    expect((await tlgen(folder.path, ['check', ...MAKE])).code).toBe(0);
  });
});

describe('a bundled schema given as a file', () => {
  it('keeps its known id exceptions', async () => {
    folder = new Folder();
    const calls = join(import.meta.dirname, '../../../../schemas/calls/calls.tl');
    const args = ['--name', 'x', '--out', 'x', '--no-compile'];
    const { code, stderr } = await tlgen(folder.path, ['generate', '--schema', calls, ...args]);
    expect(code).toBe(0);
    expect(stderr).not.toContain('not the CRC32');
  });
});

/** The least that a layer of Telegram's API is known by, and something for its overlay. */
const API = `inputPeerSelf#7da07ec9 = InputPeer;
inputPeerUser#dde8a54c user_id:long access_hash:long = InputPeer;
---functions---
invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;
initConnection#1 {X:Type} api_id:int query:!X = X;
messages.sendMessage#2 peer:InputPeer message:string random_id:long = InputPeer;
`;
const OWN = { substitutes: { InputPeer: { accepts: 'SecretChatLike', words: 'w' } } };

describe('the overlay', () => {
  const schemaOf = (out = 'out') => folder.read(`${out}/src/generated/schema.ts`);
  const make = (...more: string[]) => tlgen(folder.path, ['generate', ...MAKE, ...more, '--json']);

  it("is tlgen's own for Telegram's API, and what else was asked for", async () => {
    folder = new Folder({ 'small.tl': API, 'own.json': JSON.stringify(OWN) });
    expect((await make()).code).toBe(0);
    expect(schemaOf()).toMatch(/InputPeer: 'PeerLike'[^]*field: 'randomId'[^]*sendMessage/);
    expect(folder.read('out/src/generated/api.ts')).toContain('PeerLike');
    expect((await tlgen(folder.path, ['check', ...MAKE])).code).toBe(0);
    const none = await make('--overlay', 'none');
    expect(none.json()).toMatchObject({ packages: [{ state: 'written' }] });
    expect(schemaOf()).not.toContain('overlay');
    expect((await tlgen(folder.path, ['check', ...MAKE])).code).toBe(1);
    await make('--overlay', 'own.json');
    expect(schemaOf()).toContain("InputPeer: 'SecretChatLike'");
    expect(schemaOf()).not.toContain('randomId');
    const missing = await make('--overlay', 'nowhere.json');
    expect([missing.code, missing.stdout]).toEqual([1, expect.stringContaining('nowhere.json')]);
  });

  it.each(['invokeWithLayer', 'initConnection', 'inputPeerSelf'])(
    'is left out without %s: another schema',
    async (name) => {
      folder = new Folder({ 'small.tl': API.replace(name, 'other') });
      expect((await make()).code).toBe(0);
      expect(schemaOf()).not.toContain('overlay');
    },
  );

  it('is chosen in the same way by a config and for a slice', async () => {
    const one = { file: 'small.tl', package: 'a', out: 'a' };
    const schemas = { a: one, b: { ...one, out: 'b', overlay: 'none' } };
    folder = new Folder({ 'small.tl': API, 'tlgen.config.json': JSON.stringify({ schemas }) });
    expect((await tlgen(folder.path, ['generate', '--no-compile'])).code).toBe(0);
    expect(schemaOf('a')).toContain('PeerLike');
    expect(schemaOf('b')).not.toContain('overlay');
    folder.write('lone/api.tl', API);
    const slice = ['slice', 'messages.sendMessage', '--schema', 'lone/api.tl', '--no-compile'];
    const to = (out: string) => [...slice, '--name', out, '--out', out];
    expect((await tlgen(folder.path, to('c'))).code).toBe(0);
    expect(schemaOf('c')).toContain('PeerLike');
    expect((await tlgen(folder.path, [...to('d'), '--overlay', 'none'])).code).toBe(0);
    expect(schemaOf('d')).not.toContain('overlay');
  });
});

describe('slice', () => {
  it('writes a package with only what some methods need', async () => {
    folder = new Folder({ 'small.tl': SMALL });
    const args = [
      'slice',
      'users.getUser',
      '--schema',
      'small.tl',
      '--name',
      'tiny',
      '--out',
      'tiny',
      '--no-compile',
    ];
    const { code, json } = await tlgen(folder.path, [...args, '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      constructors: 1,
      methods: 1,
      of: { constructors: 2, methods: 3 },
    });
    expect(folder.read('tiny/src/generated/base.ts')).not.toContain('Point');
    const wrong = await tlgen(
      folder.path,
      args.map((word) => word.replace('getUser', 'getUsr')),
    );
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('did you mean users.getUser'),
    ]);
  });
});
