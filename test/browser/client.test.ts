// Browser code in page.evaluate() is typed by this.
/// <reference lib="dom" />
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../bundle/measure.mjs';
import { LocalDc } from '../../packages/local-dc/src/index.js';
import { findChromium, isBrowserRequired, whyNoBrowser } from './chromium.js';

/** What a web page does with the packages, as a bundler sees it. */
const APP = `
import { Client, MemoryStorage } from '@tlgen/runtime';
import { help, users, base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

globalThis.run = async ({ options, signIn, connection }) => {
  const client = new Client({
    schema, storage: new MemoryStorage(), ...options, connection, logger: { to: 'none' },
  });
  await client.connect({ timeout: 20000 });
  const self = await client.signIn(signIn);
  const near = await client.invoke(new help.GetNearestDcRequest());
  const [me] = await client.invoke(new users.GetUsersRequest({ id: [new base.InputUserSelf()] }));
  await client.close();
  return { id: String(self.id), dc: near.thisDc, me: me.firstName };
};
`;

const reason = whyNoBrowser();

describe.skipIf(reason !== null && !isBrowserRequired())('the client in a browser', () => {
  let browser: Browser;
  let server: Server;
  let dc: LocalDc;
  let code: string;

  beforeAll(async () => {
    ({ code } = await bundle(APP));
    server = createServer((request, response) => {
      const script = request.url === '/app.js';
      response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
      response.end(script ? code : '<!doctype html><script type="module" src="/app.js"></script>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    dc = await LocalDc.start();
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

  it('is bundled without anything of Node', () => {
    expect(code).not.toMatch(/["']node:|\bBuffer\.(?:from|alloc)|\brequire\(/);
  });

  it('signs in over a web socket, with temporary keys and a password', async () => {
    const user = await dc.createUser({ firstName: 'Ada', password: 'correct horse' });
    const page = await browser.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => 'run' in globalThis);
    const told = await page.evaluate(
      (given) => (globalThis as unknown as { run(given: unknown): Promise<unknown> }).run(given),
      {
        options: dc.clientOptions as unknown,
        signIn: { phone: user.phone, code: dc.loginCode, password: 'correct horse' },
        connection: { protocol: 'websocket' },
      },
    );
    expect(told).toEqual({ id: String(user.id), dc: 2, me: 'Ada' });
    expect(dc.refusals.list).toEqual([]);
  });
});
