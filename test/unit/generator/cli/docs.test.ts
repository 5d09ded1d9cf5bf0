import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { frontOf } from '../../docs/render/models.js';
import { Folder, SMALL, tlgen } from './run-cli.js';

const OLDER = SMALL.replace('LAYER 7', 'LAYER 5')
  .replace('point#12 x:int y:int', 'point#10 x:int')
  .replace(/users\.getUsers.*\n/, 'old#31 = User;\n');
const LAYERED = '===8===\na#1 x:int = A;\n===17===\na#2 x:long = A;\n';
const DATA = {
  errors: {
    FLOOD_WAIT_X: { description: 'unknown name' },
    'FLOOD_%d': { description: 'A &raquo; <code>b</code>' },
  },
};
const ERRORS = {
  source: 'data of ours',
  date: '2026-01-02',
  errors: { 420: ['FLOOD_%d'], 400: ['FLOOD_%d', 'OTHER'] },
  methods: { 'users.getUser': { 400: ['OTHER'] } },
  callers: { 'users.getUser': 'bot' },
};

const entry = (files: string, more: object = {}) => ({
  files,
  package: `x-${files.replace('.tl', '')}`,
  out: 'x',
  ...more,
});
const folder = new Folder({
  'small.tl': SMALL,
  'older.tl': OLDER,
  'oldest.tl': OLDER.replace('LAYER 5', 'LAYER 3'),
  'stranger.tl': '// LAYER 2\nfoo#51 = Foo;\nbar#52 = Foo;\n',
  'nameless.tl': SMALL.replace('// LAYER 7\n', ''),
  'layered.tl': LAYERED,
  'broken.tl': 'a#1 x:Nothing = A;',
  'errors.json': JSON.stringify(ERRORS),
  'bad.json': JSON.stringify({ errors: { A: { description: 5 } } }),
  'node_modules/words/package.json': '{}',
  'node_modules/words/words.json': JSON.stringify({ e: [] }),
  'node_modules/words/errors.json': JSON.stringify(DATA),
  'node_modules/words/bad.json': JSON.stringify({ errors: { A: { description: 5 } } }),
  'tlgen.config.json': JSON.stringify({
    schemas: {
      secret: entry('layered.tl'),
      telegram: entry('small.tl', {
        errors: 'errors.json',
        docs: { package: 'words', file: 'words.json', errors: 'errors.json' },
      }),
    },
  }),
});
afterAll(() => folder.remove());

const docs = (...args: string[]) => tlgen(folder.path, ['docs', ...args]);
const head = (path: string) => frontOf(folder.read(path));

describe('tlgen docs', () => {
  it('writes all schemas of the config, telegram at the root', async () => {
    const { code, stdout } = await docs();
    expect([code, stdout]).toEqual([0, expect.stringMatching(/✓ \d+ pages → docs .*% described/)]);
    expect(head('docs/methods/users.getUser.md')).toMatchObject({ schema: 'telegram', layer: 7 });
    expect(head('docs/secret/constructors/a_8.md')).toMatchObject({ layers: [8, 16] });
    expect(head('docs/index.md')).toMatchObject({ title: 'Telegram API', kind: 'index' });
    for (const file of ['symbols.json', 'llms.txt', 'types/int.json', 'secret/layers/17.md'])
      expect(existsSync(join(folder.path, 'docs', file)), file).toBe(true);
    const page = folder.read('docs/methods/users.getUser.md');
    expect(page).toContain("from 'x-small'");
    expect(page).toContain('Bots only');
  });

  it('takes descriptions of errors from the npm package, and keeps all their codes', async () => {
    await docs('--out', 'words');
    const page = folder.read('words/errors/FLOOD_X.md');
    expect(frontOf(page)).toMatchObject({ codes: [400, 420], description: 'A b' });
    expect(page).toContain('A » `b`');
    expect(folder.read('words/errors/OTHER.md')).toContain('There is no description of this error');
  });

  it('asks about an older layer that shares hardly a name', async () => {
    const given = ['--schema', 'small.tl', '--out', 'with-stranger', '--older'];
    const odd = await docs(...given, 'stranger.tl');
    expect([odd.code, odd.stderr]).toEqual([0, expect.stringContaining('little in common')]);
    expect((await docs(...given, 'older.tl')).stderr).not.toContain('little in common');
  });

  it('notes where descriptions are missing, and refuses wrong ones', async () => {
    const config = (errors: string) =>
      folder.write(
        'other.json',
        JSON.stringify({
          schemas: {
            telegram: entry('small.tl', {
              errors: 'errors.json',
              docs: { package: 'words', file: 'words.json', errors },
            }),
          },
        }),
      );
    config('nothing.json');
    const none = await docs('--config', 'other.json', '--out', 'none');
    expect([none.code, none.stderr]).toEqual([
      0,
      expect.stringContaining('no descriptions of errors'),
    ]);
    config('bad.json');
    const bad = await docs('--config', 'other.json', '--out', 'none');
    expect([bad.code, bad.stderr]).toEqual([
      1,
      expect.stringContaining('errors.A.description: expected a string'),
    ]);
  });

  it('writes one schema alone at the root', async () => {
    const args = ['--schema', 'nameless.tl', '--layer', '9', '--name', 'my-api', '--out', 'mine'];
    expect((await docs(...args)).code).toBe(0);
    expect(head('mine/methods/users.getUser.md')).toMatchObject({ schema: 'nameless', layer: 9 });
    expect(head('mine/index.md')).toMatchObject({ title: 'nameless.tl' });
    expect(folder.read('mine/methods/users.getUser.md')).toContain("from 'my-api'");
    expect(readdirSync(join(folder.path, 'mine'))).not.toContain('nameless');
  });

  it('documents the schemas that are named, and no others', async () => {
    expect((await docs('secret', '--out', 'named')).code).toBe(0);
    expect(head('named/constructors/a.md')).toMatchObject({ schema: 'secret' });
    expect(existsSync(join(folder.path, 'named/secret'))).toBe(false);
    const odd = await docs('secrt');
    expect([odd.code, odd.stderr]).toEqual([1, expect.stringContaining('did you mean secret?')]);
  });

  it('tells the history with older layers', async () => {
    const older = ['--older', 'older.tl', '--older', 'oldest.tl'];
    expect((await docs('--schema', 'small.tl', ...older, '--out', 'past')).code).toBe(0);
    expect(head('past/methods/users.getUsers.md')).toMatchObject({ since: 7, sinceFrom: true });
    expect(head('past/constructors/point.md')).toMatchObject({ since: 3, changed: [7] });
    expect(head('past/methods/old.md')).toMatchObject({ since: 3, removed: 7 });
    expect(folder.read('past/layers/7.md')).toContain('- [users.getUsers]');
    expect(folder.read('past/methods/old.md')).toContain(
      '> **Removed** in [layer 7](../layers/7.md)',
    );
  });

  it('changes nothing the second time, and never what someone edited', async () => {
    const args = ['--schema', 'small.tl', '--out', 'twice'];
    const first = (await docs(...args, '--json')).json() as Record<string, number>;
    expect(first).toMatchObject({
      out: 'twice',
      files: first['written'],
      coverage: [{ schema: 'telegram' }],
    });
    expect((await docs(...args, '--json')).json()).toMatchObject({ written: 0, removed: [] });
    folder.write('twice/index.md', 'my own');
    const refused = await docs(...args);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('index.md')]);
    expect(folder.read('twice/index.md')).toBe('my own');
    expect((await docs(...args, '--force', '--quiet')).stdout).toBe('');
    expect(folder.read('twice/index.md')).toContain('title:');
  });

  it.each([
    [['--schema', 'missing.tl'], 1, /there is no schema file missing\.tl/],
    [['--schema', 'broken.tl'], 1, /Nothing/],
    [['--schema', 'small.tl', '--older', 'nameless.tl'], 1, /layer of nameless\.tl is unknown/],
    [['--schema', 'small.tl', '--older', 'small.tl'], 1, /layer 7, not older than 7/],
    [['--schema', 'small.tl', '--older', 'older.tl', '--older', 'older.tl'], 1, /another file/],
    [['--schema', 'small.tl', '--older', 'none.tl'], 1, /none\.tl/],
    [['--schema', 'nameless.tl', '--older', 'older.tl'], 1, /layer of nameless\.tl is unknown/],
    [['--schema', 'layered.tl', '--older', 'older.tl'], 1, /holds all its layers/],
    [['telegram', '--schema', 'small.tl'], 2, /not both/],
    [['--layer', '3'], 2, /--layer goes with --schema/],
    [['--schema', 'small.tl', '--name', 'No Name'], 2, /no name for an npm package/],
  ])('answers %s clearly', async (args, code, words) => {
    const answer = await docs(...args, '--out', 'never');
    expect([answer.code, answer.stderr]).toEqual([code, expect.stringMatching(words)]);
    expect(existsSync(join(folder.path, 'never'))).toBe(false);
  });

  it('keeps folders of pages free of schemas', async () => {
    const schemas = { telegram: entry('small.tl'), methods: entry('layered.tl') };
    folder.write('taken.json', JSON.stringify({ schemas }));
    const answer = await docs('--config', 'taken.json', '--out', 'never');
    expect([answer.code, answer.stderr]).toEqual([1, expect.stringContaining('called methods')]);
  });

  it.each([
    ['../up', /no name for a folder/],
    ['a b', /no name for a folder/],
    ['CON', /no name for a folder/],
    ['Methods', /another folder/],
  ])('gives no schema the folder %s', async (key, words) => {
    const schemas = { telegram: entry('small.tl'), [key]: entry('layered.tl') };
    folder.write('odd.json', JSON.stringify({ schemas }));
    const answer = await docs('--config', 'odd.json', '--out', 'never');
    expect([answer.code, answer.stderr]).toEqual([1, expect.stringMatching(words)]);
  });
});
