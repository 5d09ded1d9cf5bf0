import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../../generator/src/io/hash.js';
import { Folder, SMALL, tlgen } from './run-cli.js';

const NEWER = SMALL.replace('LAYER 7', 'LAYER 8').replace('y:int', 'y:int z:int');
let server: Server;
let url = '';
let folder = new Folder();

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/api.tl') response.end(NEWER);
    else if (request.url === '/bad.tl') response.end('a#1 x:Usr = A;');
    else if (request.url === '/cut') response.destroy();
    else if (request.url === '/empty') response.end();
    else if (request.url === '/comment') response.end('// LAYER 9\n');
    else if (request.url === '/empty.json') response.end('{"constructors":[],"methods":[]}');
    else if (request.url === '/html') response.end('<html><body>Sign in</body></html>');
    else response.writeHead(404).end('none');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const MANIFEST = {
  schemas: { telegram: { files: ['api.tl'], package: 'x', out: 'x', layer: 7, sha256: 'old' } },
};
beforeEach(() => {
  folder = new Folder({
    'schemas/api.tl': SMALL,
    'schemas/manifest.json': JSON.stringify(MANIFEST),
  });
  return () => folder.remove();
});

describe('pull', () => {
  it('shows the difference and writes nothing when nobody says yes', async () => {
    const { code, stdout, stderr } = await tlgen(folder.path, ['pull', '--from', `${url}/api.tl`]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/~ point/);
    expect(stderr).toContain('--yes');
    expect(folder.read('schemas/api.tl')).toBe(SMALL);
  });

  it('writes with --yes, brings the manifest up to date, and then has nothing to do', async () => {
    const args = ['pull', '--from', `${url}/api.tl`, '--yes'];
    expect((await tlgen(folder.path, args)).code).toBe(0);
    expect(folder.read('schemas/api.tl')).toBe(NEWER);
    const manifest = JSON.parse(folder.read('schemas/manifest.json')) as typeof MANIFEST;
    expect(manifest.schemas.telegram).toMatchObject({ layer: 8, sha256: sha256(NEWER) });
    const again = await tlgen(folder.path, ['pull', '--from', `${url}/api.tl`, '--json']);
    expect(again.code).toBe(0);
    expect(again.json()).toMatchObject({ state: 'unchanged', diff: { breaking: false } });
  });

  it.each([
    ['y\n', 0, NEWER],
    ['n\n', 1, SMALL],
    ['\n', 1, SMALL],
  ])('asks on a terminal: %j', async (stdin, exit, text) => {
    const { code, stderr } = await tlgen(folder.path, ['pull', '--from', `${url}/api.tl`], {
      stdin,
      tty: true,
    });
    expect(code).toBe(exit);
    expect(stderr).toContain('[y/N]');
    expect(folder.read('schemas/api.tl')).toBe(text);
  });

  it('takes a file and updates another, also one that is not there yet', async () => {
    folder.write('new.tl', NEWER);
    const args = ['pull', '--from', 'new.tl', '--yes', '--schema'];
    expect((await tlgen(folder.path, [...args, 'schemas/api.tl'])).code).toBe(0);
    expect((await tlgen(folder.path, [...args, 'fresh.tl'])).code).toBe(0);
    expect(folder.read('fresh.tl')).toBe(NEWER);
    expect((await tlgen(folder.path, [...args, 'fresh.json'])).code).toBe(0);
    expect(JSON.parse(folder.read('fresh.json'))).toMatchObject({ methods: [{}, {}, {}] });
  });

  it('needs no config to update a file, so a broken one does not matter', async () => {
    const fresh = new Folder({ 'a.tl': SMALL, 'tlgen.config.ts': 'throw new Error("broken");' });
    const args = ['pull', '--from', `${url}/api.tl`, '--yes', '--schema', 'a.tl'];
    const { code, stderr } = await tlgen(fresh.path, args);
    expect([code, fresh.read('a.tl')]).toEqual([0, NEWER]);
    expect(stderr).not.toContain('broken');
    const stats = await tlgen(fresh.path, ['stats', '--schema', 'a.tl']);
    expect([stats.code, stats.stderr]).toEqual([
      0,
      expect.stringContaining('config is left aside'),
    ]);
    fresh.remove();
  });

  it('asks for a file where no config names one', async () => {
    const fresh = new Folder();
    const { code, stderr } = await tlgen(fresh.path, ['pull', '--from', `${url}/api.tl`, '--yes']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('--schema FILE')]);
    fresh.remove();
  });

  it.each([
    ['/nowhere', /answered 404/],
    ['/cut', /cannot download/],
    ['/bad.tl', /unknown type/],
    ['/empty', /holds no constructor and no method/],
    ['/comment', /holds no constructor and no method/],
    ['/empty.json', /holds no constructor and no method/],
    ['/html', /error/],
  ])('leaves the file when %s fails: exit code 1', async (path, words) => {
    const { code, stderr } = await tlgen(folder.path, ['pull', '--from', url + path, '--yes']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(words)]);
    expect(folder.read('schemas/api.tl')).toBe(SMALL);
  });
});
