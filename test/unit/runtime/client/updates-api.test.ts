import { LocalDc } from '@tlgen/local-dc';
import { filters, type Plugin } from '@tlgen/runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientOf, person, type Person } from '../../../end-to-end/people.js';

let dc: LocalDc;
let one: Person;
beforeAll(async () => {
  dc = await LocalDc.start();
  one = await person(dc, await dc.createUser({ username: 'someone' }));
});
afterAll(async () => {
  await one[Symbol.asyncDispose]();
  await dc.close();
});

describe('on', () => {
  it('refuses what would never be called', () => {
    const on = one.client.on.bind(one.client) as (what: unknown, handler: unknown) => unknown;
    expect(() => on('mesage', () => 0)).toThrow(/"mesage" is neither a filter nor an event/);
    expect(() => on('updates', () => 0)).toThrow(/did you mean update\?/);
    expect(() => on(undefined, () => 0)).toThrow(/undefined is neither/);
    expect(() => on(filters.text, () => 0)).toThrow(/call it, as in filters\.text\(\)/);
    expect(() => on('error', undefined)).toThrow(/has to be a function/);
    expect(() => on(filters.all, undefined)).toThrow(/has to be a function/);
  });

  it('takes a filter of another copy of this library', () => {
    const { match, albums } = filters.all;
    const stop = one.client.on({ match, albums } as never, () => 0);
    expect(stop).toBeTypeOf('function');
    stop();
  });
});

describe('plugins', () => {
  it('are given the client; what they leave is called at the end, the last first', async () => {
    const client = clientOf(dc);
    const order: string[] = [];
    const named =
      (name: string): Plugin =>
      () =>
      () =>
        order.push(name);
    expect(client.use(named('first'))).toBe(client);
    client.use(() => undefined).use(named('second'));
    client.use(() => Promise.resolve(() => order.push('later')));
    await Promise.resolve();
    await client.close();
    expect(order).toEqual(['later', 'second', 'first']);
  });

  it('that are none are refused', () => {
    expect(() => one.client.use({} as never)).toThrow(/a plugin is a function/);
  });

  it('that fail are told of, and keep nothing from ending', async () => {
    const client = clientOf(dc);
    const errors: string[] = [];
    client.on('error', ({ message }) => errors.push(message));
    client.use(() => Promise.reject(new Error('as it begins')));
    client.use(() => () => {
      throw new Error('as it ends');
    });
    client.use(() => () => new Promise(() => undefined));
    await client.close({ timeout: 20 });
    expect(errors).toEqual(['as it begins', 'as it ends']);
  });
});

describe('close', () => {
  it('refuses a timeout that is none', () => {
    const client = clientOf(dc);
    expect(() => client.close({ timeout: Number.NaN })).toThrow(/timeout has to be milliseconds/);
    expect(() => client.close({ timeout: -1 })).toThrow(/timeout has to be milliseconds/);
  });
});

describe('reading', () => {
  it('heeds signal and timeout also while the client connects', async () => {
    await using lonely = clientOf(dc, {
      dataCenters: [{ id: 2, host: '127.0.0.1', port: 1 }],
    });
    lonely.on('error', () => undefined);
    await expect(lonely.getUpdates({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    await expect(lonely.conversation('@someone', { timeout: 50 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
  });

  it('says in the log that none will come where updates are off', async () => {
    const lines: string[] = [];
    const logger = { to: (line: string) => lines.push(line), level: 'warning' } as const;
    const { client } = await person(dc, await dc.createUser(), {
      updates: { enabled: false },
      logger,
    });
    expect(await client.getUpdates()).toEqual([]);
    expect(lines.join()).toContain('none will come');
    await client.close();
  });
});

describe('a full queue', () => {
  it(
    'does not keep an answer from coming that a handler waits for',
    { timeout: 60_000 },
    async () => {
      await using busy = await person(dc, await dc.createUser(), { updates: { queueLimit: 5 } });
      const writer = await dc.createUser();
      const answers: string[] = [];
      busy.client.on(filters.command('ask'), async (event) => {
        answers.push((await event.waitFor(filters.text('the answer'))).text);
      });
      await vi.waitFor(() => expect(busy.called).toContain('updates.getState'));
      await busy.client.me({ refresh: true });
      dc.send(writer.id, busy.id, '/ask');
      for (let n = 0; n < 40; n++) dc.send(writer.id, busy.id, `noise ${n}`);
      dc.send(writer.id, busy.id, 'the answer');
      await vi.waitFor(() => expect(answers).toEqual(['the answer']), { timeout: 30_000 });
    },
  );
});
