import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDc } from '../../packages/local-dc/src/index.js';
import { findChromium, isBrowserRequired, whyNoBrowser } from './chromium.js';
import { content, rangeOf } from './files-page/content.js';
import type { Fetched, FilesInput, FilesPage } from './files-page/types.js';
import { buildPage, type BuiltFile } from './vite-page/build.js';

const MIB = 1024 * 1024;
const PART = MIB / 2;
const SMALL = content(MIB + 77, 1);
const LARGE = content(10 * MIB + 4321, 2);
const SECRET = content(10 * MIB + 4321, 3);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
};

/** What a careful page says. Its workers come from its own files: ours, which are a `blob:`, may not. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self' ws:",
  'img-src data:',
].join('; ');

const shaOf = (bytes: Uint8Array): string =>
  `${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`;

const gotOf = (bytes: Uint8Array): Record<string, string> => ({
  download: shaOf(bytes),
  stream: shaOf(bytes),
  downloadTo: shaOf(bytes),
  range: shaOf(bytes.subarray(...rangeOf(bytes.length))),
});

const fetched = (bytes: Uint8Array, name: string, mimeType: string): Fetched => ({
  sent: shaOf(bytes),
  got: gotOf(bytes),
  name,
  mimeType,
  size: bytes.length,
  progress: '100, 1 of them',
});

const SENT: Readonly<Record<string, Fetched>> = {
  'small Blob': fetched(SMALL, 'file.css', 'text/css'),
  'large File': fetched(LARGE, 'Urlaub ☀.bin', 'application/octet-stream'),
  'small stream': fetched(SMALL, 'small.txt', 'text/plain'),
  'large stream': fetched(LARGE, 'large.txt', 'text/plain'),
  'URL of the page': fetched(SMALL, 'small.csv', 'text/csv'),
  'data URL': fetched(SMALL.subarray(0, 9000), 'table', 'text/csv'),
};

/** Counts the workers that the page makes, and the answers that they give. One core has none, so there are two. */
function countWorkers(): void {
  const workers = { made: 0, answers: 0 };
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 });
  const Native = Worker;
  class Counted extends Native {
    constructor(url: string | URL) {
      super(url);
      workers.made++;
      this.addEventListener('message', () => {
        workers.answers++;
      });
    }
  }
  Object.assign(globalThis, { Worker: Counted, workers });
}

/** What is there on the page. */
interface Page {
  readonly page: FilesPage;
  readonly workers: { readonly made: number; readonly answers: number };
}

interface Visit {
  /** Runs one of the page's functions there. */
  run(name: keyof FilesPage, given?: FilesInput): Promise<unknown>;
  workers(): Promise<Page['workers']>;
  /** What its console complains of. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

const reason = whyNoBrowser();

describe('files on a page built by Vite', () => {
  const warnings: string[] = [];
  let files: ReadonlyMap<string, BuiltFile>;

  beforeAll(async () => {
    const folder = new URL('files-page/', import.meta.url);
    files = await buildPage(folder, (message) => warnings.push(message));
  });

  it('takes nothing along that only Node has, and nothing has to be left out', () => {
    const code = [...files].filter(([path]) => path.endsWith('.js')).map(([, { body }]) => body);
    const guarded = /globalThis\.process\?\.getBuiltinModule\?\.\(["'`]node:zlib["'`]\)/g;
    expect(code.join('\n').replace(guarded, '')).not.toMatch(/["'`]node:|\brequire\(/);
    expect(warnings.filter((one) => /external|node:|browser compat/i.test(one))).toEqual([]);
  });

  describe.skipIf(reason !== null && !isBrowserRequired())('in a browser', () => {
    let browser: Browser;
    let server: Server;
    let dc: LocalDc;
    let policy: string | null = null;
    let ann: string;
    let bob: string;

    beforeAll(async () => {
      server = createServer((request, response) => {
        const path = request.url === '/' ? '/index.html' : (request.url ?? '');
        const csv = path === '/small.csv';
        const body = csv ? SMALL : files.get(path)?.body;
        const type = csv ? 'text/csv' : TYPES[extname(path)];
        if (policy !== null) response.setHeader('Content-Security-Policy', policy);
        response.setHeader('Content-Type', type ?? 'application/octet-stream');
        response.statusCode = body === undefined ? 404 : 200;
        response.end(body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      dc = await LocalDc.start();
      ann = (await dc.createUser({ username: 'annie' })).phone;
      bob = (await dc.createUser({ username: 'bobby' })).phone;
      browser = await chromium.launch({
        executablePath: findChromium() ?? '',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'], // prettier-ignore
      });
    });
    afterAll(async () => {
      await browser?.close();
      await dc?.close();
      server?.close();
    });

    /** A page on which both are signed in. */
    async function visit(forbids: string | null = null): Promise<Visit> {
      policy = forbids;
      const context = await browser.newContext();
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        // The slower of two addresses that were tried is given up: a busy machine shows it.
        if (/closed before the connection is established/.test(message.text())) return;
        if (['error', 'warning'].includes(message.type())) problems.push(message.text());
      });
      await page.addInitScript(countWorkers);
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction(() => 'page' in globalThis);
      const run: Visit['run'] = (name, given) =>
        page.evaluate(
          ([what, input]) =>
            (globalThis as unknown as Page).page[what as 'open'](input as FilesInput),
          [name, given as unknown] as const,
        );
      await run('open', {
        settings: {
          ...dc.clientOptions,
          connection: { protocol: 'websocket', timeout: 20_000 },
          logger: { to: 'none' },
        },
        code: dc.loginCode,
        ann,
        bob,
      });
      const workers: Visit['workers'] = () =>
        page.evaluate(() => (globalThis as unknown as Page).workers);
      return { run, workers, problems, close: () => context.close() };
    }

    it('encrypts and decrypts where no worker may run: nobody notices', async () => {
      const { run, workers, problems, close } = await visit(POLICY);
      expect(await run('sendSecretly')).toEqual({ sent: shaOf(SECRET), got: gotOf(SECRET) });
      const { made, answers } = await workers();
      expect({ tried: made > 0, answers }).toEqual({ tried: true, answers: 0 });
      expect(problems.filter((one) => !/blob:.*Content Security Policy/s.test(one))).toEqual([]);
      expect(problems).not.toEqual([]);
      await run('close');
      await close();
      expect(dc.refusals.list).toEqual([]);
    });

    it('sends from every source, and gets it every way', async () => {
      const { run, workers, problems, close } = await visit();
      expect(await run('send')).toEqual(SENT);
      const { answers: before } = await workers();
      expect(await run('sendSecretly')).toEqual({ sent: shaOf(SECRET), got: gotOf(SECRET) });
      // Whole parts: encrypted once; three times out of their packets, and decrypted.
      const parts = Math.floor(SECRET.length / PART);
      expect((await workers()).answers - before).toBeGreaterThanOrEqual(7 * parts);
      expect(problems).toEqual([]);

      expect(await run('fail')).toEqual({
        'a path': 'UNSUPPORTED',
        'a path in a call of api': 'UNSUPPORTED',
        'a file URL': 'UNSUPPORTED',
        'saving at a path': 'UNSUPPORTED',
        'saving in a folder': 'UNSUPPORTED',
        'an empty Blob': 'EMPTY',
        'a URL that is not there': 'FETCH',
        'no data URL': 'BAD_SOURCE',
      });
      // The browser's own word on the URL that is not there.
      expect(problems.filter((one) => !/\b404\b/.test(one))).toEqual([]);
      await run('close');
      await close();
      expect(dc.refusals.list).toEqual([]);
    });
  });
});
