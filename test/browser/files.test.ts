import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDc } from '../../packages/local-dc/src/index.js';
import { findChromium, isBrowserRequired, whyNoBrowser } from './chromium.js';
import { content, rangeOf } from './files-page/content.js';
import type { Fetched, FilesInput, FilesPage } from './files-page/types.js';
import { buildPage, type BuiltFile } from './vite-page/build.js';

const MIB = 1024 * 1024;
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

/** Counts the workers that the page makes, and the answers that they give. */
function countWorkers(): void {
  const workers = { made: 0, answers: 0 };
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

    interface Visit extends AsyncDisposable {
      /** Runs one of the page's functions there. */
      run<Name extends keyof FilesPage>(name: Name, given?: FilesInput): Promise<unknown>;
      workers(): Promise<{ readonly made: number; readonly answers: number }>;
      /** What its console complains of. */
      readonly problems: readonly string[];
    }

    /** Two that are new here sign in on a page. */
    async function visit(ann: string, bob: string): Promise<Visit> {
      const context = await browser.newContext();
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) problems.push(message.text());
      });
      await page.addInitScript(countWorkers);
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction(() => 'page' in globalThis);
      type Window = { page: FilesPage; workers: { made: number; answers: number } };
      const run: Visit['run'] = (name, given) =>
        page.evaluate(
          ([what, input]) => {
            const { page: one } = globalThis as unknown as Window;
            return (one[what] as (input: unknown) => Promise<unknown>)(input);
          },
          [name, given as unknown] as const,
        );
      const [one, other] = await Promise.all([ann, bob].map((phone) => dc.createUser({ phone })));
      return { run, problems, workers: () => page.evaluate(() => (globalThis as unknown as Window).workers), [Symbol.asyncDispose]: () => context.close() }; // prettier-ignore
    }
