import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filters, MemoryStorage } from '@tlgen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../support/kill.js';
import { person } from '../people.js';
import type { ClosingPlan } from './closing-program.js';
import { scene, settled, waits } from './talkers.js';

/** A promise, and what resolves it. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

describe('close()', () => {
  it('waits for handlers that run, and runs those whose updates have come', async () => {
    const storage = new MemoryStorage();
    await using at = await scene({ storage });
    const order: string[] = [];
    const { opened, open } = gate();
    at.one.client.on(filters.text(), async ({ text }) => {
      order.push(`begin ${text}`);
      await opened;
      order.push(`end ${text}`);
    });
    await settled(at.one);
    at.write('running');
    await waits(() => expect(order).toEqual(['begin running']));
    at.write('waiting');
    at.write('waiting too');
    await at.one.client.me({ refresh: true });
    const closing = at.one.client.close().then(() => order.push('closed'));
    await new Promise(setImmediate);
    expect(order).toEqual(['begin running']);
    open();
    await closing;
    const texts = ['running', 'waiting', 'waiting too'];
    expect(order).toEqual([...texts.flatMap((text) => [`begin ${text}`, `end ${text}`]), 'closed']);
    // All of it is done: nothing comes again.
    await using again = await person(at.dc, at.me, { storage });
    const second: string[] = [];
    again.client.on(filters.text(), ({ text }) => second.push(text));
    at.write('new');
    await waits(() => expect(second).toEqual(['new']));
  });

  it('handlers may still send while it waits for them', async () => {
    await using at = await scene();
    const { opened, open } = gate();
    let begun = false;
    at.one.client.on(filters.text(), async (event) => {
      begun = true;
      await opened;
      await event.reply(`answer to ${event.text}`);
    });
    await settled(at.one);
    at.write('question');
    await waits(() => expect(begun).toBe(true));
    const closing = at.one.client.close();
    open();
    await closing;
    expect(at.one.errors).toEqual([]);
    const [, answer] = at.dc.messagesOf(at.friend, at.me);
    expect(answer).toMatchObject({ message: 'answer to question' });
  });

  it('gives up a handler that hangs when the time is over: its update comes again, with what waited', async () => {
    const storage = new MemoryStorage();
    await using at = await scene({ storage });
    const first: string[] = [];
    at.one.client.on(filters.text(), async ({ text }) => {
      first.push(text);
      if (text === 'hangs') await new Promise(() => undefined);
    });
    await settled(at.one);
    at.write('done');
    at.write('hangs');
    at.write('waits behind it');
    await waits(() => expect(first).toEqual(['done', 'hangs']));
    await at.one.client.me({ refresh: true });
    await at.one.client.close({ timeout: 30 });
    expect(at.one.lines.filter((line) => line.includes('did not end within 30 ms'))).toHaveLength(
      1,
    );
    const second: string[] = [];
    await using again = await person(at.dc, at.me, { storage });
    again.client.on(filters.text(), ({ text }) => second.push(text));
    await waits(() => expect(second).toEqual(['hangs', 'waits behind it']));
  });

  it('with no time at all: nothing is waited for, and what ran comes again', async () => {
    const storage = new MemoryStorage();
    await using at = await scene({ storage });
    const first: string[] = [];
    at.one.client.on(filters.text(), async ({ text }) => {
      first.push(text);
      await new Promise(() => undefined);
    });
    await settled(at.one);
    at.write('one');
    await waits(() => expect(first).toEqual(['one']));
    await at.one.client.close({ timeout: 0 });
    const second: string[] = [];
    await using again = await person(at.dc, at.me, { storage });
    again.client.on(filters.text(), ({ text }) => second.push(text));
    await waits(() => expect(second).toEqual(['one']));
  });

  it('ends plugins, the last one first, when handlers have ended and calls are still possible', async () => {
    await using at = await scene();
    const { client } = at.one;
    const order: string[] = [];
    client.use((one) => {
      one.on(filters.text(), async ({ text }) => {
        await one.me({ refresh: true });
        order.push(`handled ${text}`);
      });
      return async () => {
        await one.sendText('@friend', 'the first one ends');
        order.push('first');
      };
    });
    client.use(() => () => {
      throw new Error('the second one fails');
    });
    client.use(() => () => void order.push('third'));
    client.use(() => undefined);
    await settled(at.one);
    at.write('text');
    await waits(() => expect(order).toContain('handled text'));
    await client.close();
    expect(order).toEqual(['handled text', 'third', 'first']);
    expect(at.one.errors.map(({ message }) => message)).toEqual(['the second one fails']);
    expect(at.dc.messagesOf(at.friend, at.me).at(-1)).toMatchObject({
      message: 'the first one ends',
    });
  });

  it('does not wait for a plugin longer than it was given', async () => {
    await using at = await scene();
    const order: string[] = [];
    at.one.client.use(() => () => void order.push('first'));
    at.one.client.use(() => () => new Promise(() => undefined));
    await at.one.client.close({ timeout: 30 });
    expect(order).toEqual(['first']);
  });

  it('called within a handler that does not wait for it: ends; the update is done', async () => {
    const storage = new MemoryStorage();
    await using at = await scene({ storage });
    let closed: Promise<void> | null = null;
    at.one.client.on(filters.text('stop'), () => {
      closed = at.one.client.close();
    });
    await settled(at.one);
    at.write('stop');
    await waits(() => expect(closed).not.toBeNull());
    await closed;
    await using again = await person(at.dc, at.me, { storage });
    const second: string[] = [];
    again.client.on(filters.text(), ({ text }) => second.push(text));
    at.write('new');
    await waits(() => expect(second).toEqual(['new']));
  });

  it('called and waited for within a handler: ends when the time is over', async () => {
    await using at = await scene();
    const order: string[] = [];
    at.one.client.on(filters.text('stop'), async () => {
      await at.one.client.close({ timeout: 30 });
      order.push('closed');
    });
    await settled(at.one);
    at.write('stop');
    await waits(() => expect(order).toEqual(['closed']));
    expect(at.one.errors).toEqual([]);
  });

  it('twice, at once or later: one end, and what was done is done', async () => {
    await using at = await scene();
    let ends = 0;
    at.one.client.use(() => () => void ends++);
    const [first, second] = [at.one.client.close(), at.one.client.close({ timeout: 1 })];
    await Promise.all([first, second]);
    await at.one.client.close();
    expect(ends).toBe(1);
  });

  it('ends waits, conversations, readers and getUpdates, each in its way', async () => {
    await using at = await scene();
    const { client } = at.one;
    const order: string[] = [];
    const name = (what: string) => (error: Error) => void order.push(`${what} ${error.name}`);
    client.on(filters.command('ask'), async (event) => {
      order.push('asked');
      await event.waitFor(filters.text()).catch(name('wait'));
    });
    const chat = await client.conversation(at.me.id);
    void chat.waitFor(filters.text()).catch(name('conversation'));
    void client
      .getUpdates({ timeout: 1000 })
      .then(([one]) => client.getUpdates({ timeout: 1000, offset: (one?.updateId ?? 0) + 1 }))
      .catch(name('getUpdates'));
    void (async () => {
      for await (const { text } of client.updates()) order.push(`read ${text}`);
      order.push('reader ended');
    })();
    await settled(at.one);
    at.write('/ask');
    await waits(() => expect(order.toSorted()).toEqual(['asked', 'read /ask']));
    await client.close();
    await waits(() => expect(order).toHaveLength(6));
    expect(order.slice(2).toSorted()).toEqual([
      'conversation ClosedError',
      'getUpdates ClosedError',
      'reader ended',
      'wait ClosedError',
    ]);
  });
});

describe('a program', () => {
  let folder: string;
  let program: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tlgen-closing-'));
    program = await bundleProgram(new URL('closing-program.ts', import.meta.url), folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each<ClosingPlan['what']>(['handlers', 'hangs', 'everything'])(
    'ends by itself when its client is closed: %s',
    async (what) => {
      await using at = await scene();
      await at.dc.createUser({ username: 'other' });
      const user = await at.dc.createUser();
      const plan: ClosingPlan = {
        dc: at.dc.clientOptions,
        phone: user.phone,
        code: at.dc.loginCode,
        what,
      };
      const child = spawn(process.execPath, [program, JSON.stringify(plan)], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      await waits(() => expect(output).toContain('ready\n'));
      at.dc.send(at.friend.id, user.id, 'hello');
      await waits(() => expect(output).toContain('handled hello\n'));
      child.stdin.write('close\n');
      // Whatever were left, a timer or a socket, would keep it alive for ever.
      const killer = setTimeout(() => child.kill('SIGKILL'), 60_000);
      expect(await ended).toBe(0);
      clearTimeout(killer);
      const lines = output.trim().split('\n');
      expect(lines).toContain('closed');
      expect(lines).toContain('plugin ended');
      if (what === 'everything') {
        expect(lines).toEqual(
          expect.arrayContaining([
            'read hello',
            'reader ended',
            'getUpdates ClosedError',
            'conversation ClosedError',
          ]),
        );
      }
    },
  );
});
