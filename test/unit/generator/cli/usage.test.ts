import { afterAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../../generator/src/cli/catalogue.js';
import { Folder, SMALL, tlgen } from './run-cli.js';

const folder = new Folder({
  'small.tl': SMALL,
  'bad.tl': 'a#1 x:Usr = A;\nb#1 y:int = B\n;c#2 z:flags.40?int = C;\n',
});
afterAll(() => folder.remove());
const cli = (...args: string[]) => tlgen(folder.path, args);

describe('usage', () => {
  it('prints help and the version', async () => {
    const help = await cli('--help');
    expect(help.code).toBe(0);
    for (const { name } of CATALOGUE) expect(help.stdout).toContain(`  ${name} `);
    expect(await cli('--version')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it.each(CATALOGUE.map((spec) => [spec.name, spec] as const))(
    '%s has help with examples',
    async (name, spec) => {
      const { code, stdout } = await cli(name, '--help');
      expect(code).toBe(0);
      expect(spec.examples.length).toBeGreaterThan(0);
      for (const [line] of spec.examples) expect(stdout).toContain(`$ ${line}`);
      expect(spec.load).toBeTypeOf('function');
      expect((await spec.load()).run).toBeTypeOf('function');
    },
  );

  it.each([
    [['genrate'], 'Did you mean generate?'],
    [['decode', '00', '--schem', 'x'], 'Did you mean --schema?'],
    [['decode'], "missing required argument 'input'"],
    [['diff', 'small.tl'], "missing required argument 'new'"],
    [
      ['diff', 'small.tl', 'small.tl', '--format', 'pdf'],
      'Allowed choices are text, short, md, json',
    ],
    [['generate', '--schema', 'small.tl'], '--name'],
    [['generate', '--schema', 'small.tl', '--name', 'x'], '--out'],
    [['generate', '--schema', 'small.tl', '--name', 'Bad Name', '--out', 'o'], '--name bad-name'],
    [
      ['generate', '--schema', 'small.tl', '--name', 'x', '--out', 'o', '--layer', 'new'],
      'whole number',
    ],
    [['generate', '--out', 'o'], '--out goes with --schema'],
    [['generate', '--overlay', 'none'], '--overlay goes with --schema'],
    [['slice', 'users.getUser', '--schema', 'small.tl', '--out', 'x'], '--name'],
    [['convert', 'small.tl'], '--to tl'],
    [['convert', 'small.tl', '--to', 'tl', '--schema', 'small.tl'], 'give the schema once'],
    [['pull', '--from', 'ftp://x/y', '--schema', 'small.tl'], 'only http(s) URLs and files'],
    [['pull', '--from', 'file:///x', '--schema', 'small.tl'], 'only http(s) URLs and files'],
    [[], 'Usage: tlgen'],
  ])('%j is wrong usage: exit code 2', async (args, words) => {
    const { code, stderr, stdout } = await cli(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
  });

  it('answers in JSON also when used wrongly', async () => {
    const { code, stdout } = await cli('genrate', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage' } });
  });

  it.each([
    [[], 2],
    [['--help'], 0],
    [['--version'], 0],
    [['help', 'decode'], 0],
    [['stats', '--help'], 0],
    [['stats', '--schema'], 2],
    [['stats', '--schema', 'bad.tl'], 1],
    [['generate', '--schema', 'bad.tl', '--name', 'x', '--out', 'o'], 1],
    [['generate', '--schema', 'small.tl', '--name', 'x', '--out', 'o', '--watch'], 2],
    [['check', '--schema', 'small.tl', '--name', 'x', '--out', 'o', '--no-compile'], 1],
    [['slice', 'nope', '--schema', 'small.tl', '--name', 'x', '--out', 'o'], 1],
    [['pull', '--from', 'small.tl', '--schema', 'new.tl'], 1],
    [['pull', '--from', 'ftp://x', '--schema', 'new.tl'], 2],
    [['inspect', 'usr', '--schema', 'small.tl'], 1],
    [['decode', '1200', '--schema', 'small.tl'], 1],
    [['decode', 'zz', '--schema', 'small.tl'], 1],
    [['encode', '{', '--schema', 'small.tl'], 1],
    [['encode', '{"_":"point","x":1,"y":2}', '--format', 'raw', '--schema', 'small.tl'], 0],
    [['diff', 'small.tl', 'bad.tl'], 1],
    [['diff', 'small.tl', 'small.tl', '--format', 'md'], 0],
    [['verify', '--schema', 'small.tl'], 1],
    [['convert', 'small.tl', '--to', 'tl'], 0],
    [['convert', 'small.tl', '--to', 'json'], 0],
    [['convert', 'small.tl'], 2],
  ])('prints one JSON document with --json: %j', async (args, exit) => {
    const { code, stdout, json } = await cli(...args, '--json');
    expect(code).toBe(exit);
    // Throws when it is none, or more than one.
    const value = json() as Record<string, unknown>;
    if (exit === 2) expect(value).toMatchObject({ error: { code: 'usage' } });
    expect(stdout.endsWith('\n')).toBe(true);
  });

  it('reads schemas with CRLF, BOM, as UTF-16 and as TL-JSON alike', async () => {
    const json = (await cli('convert', 'small.tl', '--to', 'json')).stdout;
    folder.write('crlf.tl', `\ufeff${SMALL.replaceAll('\n', '\r\n')}`);
    folder.write('bom.json', `\ufeff${json.replaceAll('\n', '\r\n')}`);
    folder.write('wide.tl', Buffer.from(`\ufeff${SMALL}`, 'utf16le'));
    for (const file of ['crlf.tl', 'bom.json', 'wide.tl']) {
      expect((await cli('convert', file, '--to', 'json')).stdout, file).toBe(json);
    }
  });

  it('shows all errors of a schema with place, line and caret: exit code 1', async () => {
    const { code, stderr } = await cli('stats', '--schema', 'bad.tl');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bad\.tl:1:\d+: error: .*Usr/m);
    expect(stderr).toMatch(/bad\.tl:3:\d+: error: .*/);
    expect(stderr).toContain('a#1 x:Usr = A;');
    expect(stderr).toContain('^^^');
    expect(stderr).toMatch(/error: \d+ errors in bad\.tl/);
    const json = (await cli('stats', '--schema', 'bad.tl', '--json')).json();
    expect(json).toMatchObject({ error: { code: 'schema-errors', details: expect.any(Array) } });
  });

  it.each([
    ['stats', '--schema', 'nowhere.tl'],
    ['inspect', 'x', '--schema', 'nowhere.tl'],
    ['diff', 'nowhere.tl', 'small.tl'],
    ['convert', 'nowhere.tl', '--to', 'tl'],
    ['generate', '--schema', 'nowhere.tl', '--name', 'x', '--out', 'o'],
    ['generate', '--config', 'nowhere.ts'],
    ['generate'],
    ['stats', '--schema', '.'],
  ])('a missing or wrong file is exit code 1: %s %s %s', async (...args) => {
    const { code, stderr, stdout } = await cli(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: (there is no|cannot read)/);
  });

  it('colours only on a terminal, and not with NO_COLOR or --no-color', async () => {
    const args = ['inspect', 'user', '--schema', 'small.tl'];
    const plain = (await tlgen(folder.path, args)).stdout;
    expect(plain).not.toContain('\u001b');
    expect((await tlgen(folder.path, args, { tty: true })).stdout).toContain('\u001b[1m');
    const env = { NO_COLOR: '1' };
    expect((await tlgen(folder.path, args, { tty: true, env })).stdout).toBe(plain);
    expect((await tlgen(folder.path, [...args, '--no-color'], { tty: true })).stdout).toBe(plain);
  });
});
