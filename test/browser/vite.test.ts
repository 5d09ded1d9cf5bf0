import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDc } from '../../packages/local-dc/src/index.js';
import { findChromium, isBrowserRequired, whyNoBrowser } from './chromium.js';
import { buildPage, type BuiltFile } from './vite-page/build.js';
import type { PageInput, PageReport } from './vite-page/types.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
};

const reason = whyNoBrowser();

describe('the client on a page built by Vite', () => {
  let files: ReadonlyMap<string, BuiltFile>;

  beforeAll(async () => {
    files = await buildPage();
  });

  it('takes nothing along that only Node has', () => {
    const modules = [...files.values()].flatMap((file) => file.modules);
    expect(modules.some((name) => name.endsWith('/dist/platform/web.js'))).toBe(true);
    const ofNode =
      /\/node_modules\/(?:@?libsql|ws|uqr)\/|\/dist\/(?:\w+\/)+node\.js|browser-external/;
    expect(modules.filter((name) => ofNode.test(name))).toEqual([]);
    const own = [...files.keys()].map((path) => path.slice(1));
    const imports = [...files.values()].flatMap((file) => file.imports);
    expect(imports.filter((name) => !own.includes(name))).toEqual([]);
    const code = [...files].filter(([path]) => path.endsWith('.js')).map(([, { body }]) => body);
    // Asked for where it may be there, and done without where it is not.
    const guarded = /globalThis\.process\?\.getBuiltinModule\?\.\(["'`]node:zlib["'`]\)/g;
    expect(code.join('\n').replace(guarded, '')).not.toMatch(
      /["'`]node:|\bBuffer\.(?:from|alloc)|\brequire\(|\bprocess\./,
    );
  });

  describe.skipIf(reason !== null && !isBrowserRequired())('in a browser', () => {
    let browser: Browser;
    let server: Server;
    let dc: LocalDc;

    beforeAll(async () => {
      server = createServer((request, response) => {
        const path = request.url === '/' ? '/index.html' : (request.url ?? '');
        const file = files.get(path);
        response.statusCode = file ? 200 : 404;
        response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
        response.end(file?.body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      dc = await LocalDc.start();
      browser = await chromium.launch({
        executablePath: findChromium() ?? '',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--disable-background-networking',
        ],
      });
    });
    afterAll(async () => {
      await browser?.close();
      await dc?.close();
      server?.close();
    });

    it('signs in over a web socket, sends, reads, comes back with its session, logs out', async () => {
      const password = 'correct horse';
      const ada = await dc.createUser({ firstName: 'Ada', password });
      await dc.createUser({ firstName: 'Grace', username: 'grace_hopper' });
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) problems.push(message.text());
      });
      const { port } = server.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction(() => 'run' in globalThis);
      const input: PageInput = {
        settings: {
          ...dc.clientOptions,
          connection: { protocol: 'websocket' },
          logger: { to: 'none' },
        },
        phone: ada.phone,
        code: dc.loginCode,
        password,
        friend: '@grace_hopper',
      };
      const report = await page.evaluate(
        (given) => (globalThis as unknown as { run(given: unknown): Promise<unknown> }).run(given),
        input as unknown,
      );
      const storage = {
        typed: true,
        code: 'unsupported',
        message: expect.stringMatching(/no files.* my\.session: use MemoryStorage, StringSession/),
      };
      expect(report).toEqual({
        first: {
          id: String(ada.id),
          asked: ['auth.sentCodeTypeSms', 'password, hint: undefined'],
          history: [
            {
              text: 'This is bold & slanted',
              marks: ['messageEntityBold 8+4', 'messageEntityItalic 15+7'],
            },
            { text: 'Plain: <b> is not bold', marks: [] },
          ],
        },
        second: { firstName: 'Ada', texts: ['This is bold & slanted'], signedOut: true },
        third: 'AUTH_KEY_UNREGISTERED',
        sqlite: storage,
        path: storage,
      } satisfies Record<keyof PageReport, unknown>);
      expect(problems).toEqual([]);
      expect(dc.refusals.list).toEqual([]);
    });
  });
});
