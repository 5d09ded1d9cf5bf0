import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDc } from '../../packages/local-dc/src/index.js';
import { findChromium, isBrowserRequired, whyNoBrowser } from './chromium.js';
import { content } from './files-page/content.js';
import type { Fetched, FilesInput, FilesReport } from './files-page/types.js';
import { buildPage, type BuiltFile } from './vite-page/build.js';

const MIB = 1024 * 1024;
const SMALL = content(MIB + 77, 1);
const LARGE = content(10 * MIB + 4321, 2);
const [START, END] = [777_777, 1_000_001];
const LITTLE = SMALL.subarray(0, 9000);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
};

/** What a page may forbid that cares; workers come from a file of its own there, so none of ours. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' ws:; img-src data:"; // prettier-ignore

const shaOf = (bytes: Uint8Array): string =>
  `${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`;

const gotOf = (bytes: Uint8Array): Record<string, string> => ({
  download: shaOf(bytes),
  stream: shaOf(bytes),
  downloadTo: shaOf(bytes),
  range: shaOf(bytes.subarray(START, END)),
});

const fetched = (bytes: Uint8Array, name: string, mimeType: string): Fetched => ({
  sent: shaOf(bytes),
  got: gotOf(bytes),
  name,
  mimeType,
  size: bytes.length,
  progress: '100, 1 of them',
});

const EXPECTED = {
  files: {
    'small Blob': fetched(SMALL, 'file.css', 'text/css'),
    'large File': fetched(LARGE, 'Urlaub ☀.bin', 'application/octet-stream'),
    'small stream': fetched(SMALL, 'small.txt', 'text/plain'),
    'large stream': fetched(LARGE, 'large.txt', 'text/plain'),
    'URL of the page': fetched(SMALL, 'small.csv', 'text/csv'),
    'data URL': fetched(LITTLE, 'table', 'text/csv'),
  },
  encrypted: { sent: shaOf(LARGE), got: gotOf(LARGE) },
  refused: {
    'a path': 'UNSUPPORTED',
    'a path in an api call': 'UNSUPPORTED',
    'saving at a path': 'UNSUPPORTED',
    'saving in a folder': 'UNSUPPORTED',
    'a file URL': 'UNSUPPORTED',
    'an empty Blob': 'EMPTY',
    'a URL that is not there': 'FETCH',
  },
} satisfies FilesReport;

/** Counts the workers that the page makes, and what they answer. */
function countWorkers(): void {
  const workers = { made: 0, answers: 0, errors: 0 };
  const Native = Worker;
  class Counted extends Native {
    constructor(url: string | URL) {
      super(url);
      workers.made++;
      this.addEventListener('message', () => workers.answers++);
      this.addEventListener('error', () => workers.errors++);
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

    /** A page that was visited, what it reports, and what its console says. */
    async function visit(): Promise<{ page: Page; report: unknown; problems: string[] }> {
      const [ann, bob] = ['annie', 'bobby'].map(async (name) => {
        return (await dc.createUser({ username: name })).phone;
      });
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) problems.push(message.text());
      });
      await page.addInitScript(countWorkers);
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction(() => 'run' in globalThis);
      const input: FilesInput = {
        settings: {
          ...dc.clientOptions,
          connection: { protocol: 'websocket', timeout: 20_000 },
          logger: { to: 'none' },
        },
        code: dc.loginCode,
        ann: (await ann) ?? '',
        bob: (await bob) ?? '',
      };
      const report = await page.evaluate(
        (given) => (globalThis as unknown as { run(given: unknown): Promise<unknown> }).run(given),
        input as unknown,
      );
      return { page, report, problems };
    }

    it('placeholder', async () => {
      const { page, report, problems } = await visit();
      expect(report).toEqual(EXPECTED);
      console.log(problems, await page.evaluate(() => (globalThis as any).workers));
    });
  });
});
