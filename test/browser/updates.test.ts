import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { updates } from '@tlgen/telegram';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDc, type TestChat, type TestPerson } from '../../packages/local-dc/src/index.js';
import { received, until } from '../end-to-end/people.js';
import { findChromium, isBrowserRequired, whyNoBrowser } from './chromium.js';
import type { Heard, UpdatesInput, UpdatesPage } from './updates-page/types.js';
import { buildPage, type BuiltFile } from './vite-page/build.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
};

const reason = whyNoBrowser();

describe.skipIf(reason !== null && !isBrowserRequired())('updates in a browser', () => {
  let files: ReadonlyMap<string, BuiltFile>;
  let browser: Browser;
  let server: Server;
  let dc: LocalDc;
  let ann: TestPerson;
  let bob: TestPerson;
  let news: TestChat;

  beforeAll(async () => {
    files = await buildPage(new URL('updates-page/', import.meta.url), () => undefined);
    server = createServer((request, response) => {
      const path = request.url === '/' ? '/index.html' : (request.url ?? '');
      const body = files.get(path)?.body;
      response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
      response.statusCode = body === undefined ? 404 : 200;
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    dc = await LocalDc.start();
    ann = await dc.createUser({ firstName: 'Ann', username: 'annie' });
    bob = await dc.createUser({ firstName: 'Bob', username: 'bobby' });
    news = dc.createChannel({ title: 'News', creator: bob, members: [ann] });
    browser = await chromium.launch({
      executablePath: findChromium() ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await dc?.close();
    server?.close();
  });

  /** Runs one of the page's functions there. */
  const run = <R>(page: Page, name: keyof UpdatesPage, given?: UpdatesInput): Promise<R> =>
    page.evaluate(
      ([what, input]) =>
        (globalThis as unknown as { page: Record<string, (given: unknown) => unknown> }).page[
          what
        ]!(input),
      [name, given as unknown] as const,
    ) as Promise<R>;

  /** Loads the page, and opens its client. */
  async function open(page: Page, signIn?: UpdatesInput['signIn']): Promise<string> {
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => 'page' in globalThis);
    return run(page, 'open', {
      settings: {
        ...dc.clientOptions,
        connection: { protocol: 'websocket', timeout: 20_000 },
        logger: { to: 'none' },
      },
      ...(signIn && { signIn }),
    });
  }

  /** Waits until so much was handled and read. */
  const heard = async (page: Page, handled: number, read: number): Promise<Heard> => {
    const done = async (): Promise<Heard | null> => {
      const all = await run<Heard>(page, 'heard');
      return all.handled.length >= handled && all.read.length >= read ? all : null;
    };
    return until(done);
  };

  it('handlers and loops hear of them; after a reload, of what was missed', async () => {
    const states = received(dc, updates.GetStateRequest);
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));

    expect(await open(page, { phone: ann.phone, code: dc.loginCode })).toBe('Ann');
    await until(() => states.length > 0);
    dc.updates.lose({ user: ann, times: 1 });
    for (const text of ['one', 'two', '/ask', 'Bob']) dc.send(bob, ann, text);
    dc.send(bob, news, 'post');
    await until(() => texts().includes('Hello, Bob'));
    const first = await heard(page, 4, 5);
    expect(first.handled.toSorted()).toEqual(['/ask', 'one', 'post', 'two']);
    expect(first.read.toSorted()).toEqual(['/ask', 'Bob', 'one', 'post', 'two']);
    expect(first.from).toContain('difference');
    expect(await run(page, 'close')).toBe('the end');

    dc.sendMany(bob, ann, ['three', 'four']);
    dc.send(bob, news, 'another post');
    expect(await open(page)).toBe('Ann');
    const second = await heard(page, 3, 3);
    dc.send(bob, ann, 'five');
    const third = await heard(page, 4, 4);
    expect(second.handled.toSorted()).toEqual(['another post', 'four', 'three']);
    expect(third.handled.filter((text) => !text.includes('post'))).toEqual(['three', 'four', 'five']); // prettier-ignore
    expect(third.read.toSorted()).toEqual(['another post', 'five', 'four', 'three']);
    expect(third.from.slice(0, 3)).toEqual(['difference', 'difference', 'difference']);
    expect(await run(page, 'close')).toBe('the end');
    expect(problems).toEqual([]);
    expect(dc.refusals.list).toEqual([]);
    await page.close();
  });

  /** What Bob sees in his chat with Ann. */
  const texts = (): string[] =>
    dc.messagesOf(bob, ann).flatMap((one) => (one._ === 'message' ? [one.message] : []));
});
