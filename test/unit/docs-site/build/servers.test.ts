import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDev } from '../../../../docs-site/build/serve/dev.js';
import { startPreview } from '../../../../docs-site/build/serve/preview.js';
import type { RunningServer } from '../../../../docs-site/build/serve/start-server.js';
import { places, TemporaryFolder } from './places.js';

const folder = new TemporaryFolder();
afterAll(() => folder.remove());

/** Asks for a path as it is: `fetch` would tidy `..` up. */
const raw = (server: RunningServer, path: string, method = 'GET') =>
  new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path, method }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          text,
        }),
      );
    })
      .on('error', reject)
      .end();
  });

describe('preview', () => {
  let server: RunningServer;
  beforeAll(async () => {
    const dist = join(folder.path, 'dist');
    mkdirSync(join(dist, 'methods'), { recursive: true });
    writeFileSync(join(folder.path, 'secret.txt'), 'secret');
    symlinkSync(join(folder.path, 'secret.txt'), join(dist, 'link.txt'));
    for (const name of [
      'index.html',
      '404.html',
      'methods/index.html',
      'a.css',
      'a.js',
      'a.json',
      'a.md',
      'a.svg',
      'a.xml',
      'a.txt',
      'E_%d.html',
    ])
      writeFileSync(join(dist, name), name);
    server = await startPreview(dist, 0);
  });
  afterAll(() => server.close());

  it.each([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/methods/?x=1', 'methods/index.html', 'text/html; charset=utf-8'],
    ['/a.css', 'a.css', 'text/css; charset=utf-8'],
    ['/a.js', 'a.js', 'text/javascript; charset=utf-8'],
    ['/a.json', 'a.json', 'application/json; charset=utf-8'],
    ['/a.md', 'a.md', 'text/markdown; charset=utf-8'],
    ['/a.svg', 'a.svg', 'image/svg+xml'],
    ['/a.xml', 'a.xml', 'application/xml; charset=utf-8'],
    ['/E_%25d.html', 'E_%d.html', 'text/html; charset=utf-8'],
  ])('%s', async (path, text, type) => {
    expect(await raw(server, path)).toEqual({ status: 200, text, type });
  });

  it.each([
    '/none.html',
    '/methods',
    '/deep/er/none',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/methods/..%5c..%5csecret.txt',
    '/link.txt',
    '/%',
    '/a.md%00',
  ])('answers %s with 404.html', async (path) => {
    expect(await raw(server, path)).toEqual({
      status: 404,
      text: '404.html',
      type: 'text/html; charset=utf-8',
    });
  });

  it('reads only', async () => {
    expect((await raw(server, '/', 'POST')).status).toBe(405);
    expect(await raw(server, '/', 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('says what is missing, and that a port is taken', async () => {
    await expect(startPreview(join(folder.path, 'none'), 0)).rejects.toThrow(/docs:build/);
    const port = Number(new URL(server.url).port);
    await expect(startPreview(join(folder.path, 'dist'), port)).rejects.toThrow(/--port/);
  });
});

describe('dev', () => {
  const root = join(folder.path, 'sources');
  const faults: string[] = [];
  let server: RunningServer;
  beforeAll(async () => {
    cpSync(places.root, root, { recursive: true });
    const its = { ...places, root, content: join(root, 'content'), guide: join(root, 'guide') };
    server = await startDev(its, 0, (fault) => faults.push(fault));
  });
  afterAll(() => server.close());

  it('renders what is asked for', async () => {
    const { status, text } = await raw(server, '/methods/messages.sendEncrypted.html');
    expect(status).toBe(200);
    expect(text).toContain('class="tl tl-signature"');
    expect((await raw(server, '/assets/site.js')).type).toContain('javascript');
    expect((await raw(server, '/none.html')).status).toBe(404);
  });

  it('reloads pages when a source changes, and tells faults', async () => {
    const events = await fetch(`${server.url}__reload`);
    const reader = events.body!.getReader();
    const next = async (): Promise<string> => new TextDecoder().decode((await reader.read()).value);
    expect(await next()).toContain('open');
    const file = join(root, 'guide/layers.md');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n[New words](tl:nothing)\n`);
    expect(await next()).toBe('data: reload\n\n');
    // Content whose list of names is the same, and a quoted program.
    for (const path of ['content/.tlgen-manifest.json', 'examples/send.mjs']) {
      writeFileSync(join(root, path), '// docs: send\nsend(2);\n// docs: end\n');
      expect(await next(), path).toBe('data: reload\n\n');
    }
    await reader.cancel();
    expect((await raw(server, '/guide/layers.html')).text).toContain('New words');
    expect(faults).toEqual(['guide/layers.md: tl:nothing leads nowhere']);
  });
});
