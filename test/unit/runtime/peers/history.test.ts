import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS, SEED } from '../../../support/random.js';
import type { HistoryOptions } from '../../../../packages/runtime/src/peers/lists/history.js';
import { HistoryServer } from './history-server.js';
import { ListServer, message, type Serve } from './list-server.js';

const random = { seed: SEED, numRuns: 300 * RUNS };
const down = (ids: Iterable<number>) => [...ids].toSorted((a, b) => b - a);

function over(serve: Serve): { server: ListServer; user: bigint } {
  const server = new ListServer(serve);
  return { server, user: server.add('user', 7n) };
}

const ids = async (server: ListServer, user: bigint, options: HistoryOptions) =>
  (await server.peers.history(user, options).all()).map(({ id }) => id);

const anyIds = fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 120 });
const bound = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 420 }));

describe('history', () => {
  it('has every message once, in order, whatever the bounds, chunk and limit', async () => {
    const property = fc.asyncProperty(
      fc.record({
        present: anyIds,
        chunk: fc.integer({ min: 1, max: 100 }),
        limit: fc.option(fc.integer({ min: 0, max: 130 }), { nil: undefined }),
        reverse: fc.boolean(),
        offsetId: bound,
        minId: bound,
        maxId: bound,
        date: fc.option(fc.integer({ min: 0, max: 420 }), { nil: undefined }),
        pageMax: fc.integer({ min: 1, max: 100 }),
      }),
      async ({ present, date, pageMax, ...options }) => {
        const list = down(present).map((id) => message(id));
        const { server, user } = over(new HistoryServer(list, undefined, pageMax).serve);
        const offsetDate = date === undefined ? undefined : 1_000_000 + date * 10;
        const { reverse, offsetId, minId, maxId, limit } = options;
        // With a date, the server puts the two offsets together in ways of its own: one at a time.
        const start = offsetDate === undefined ? offsetId : 0;
        // A server whose pages are shorter than asked would leave out the ones just above the offset.
        fc.pre(!reverse || pageMax >= options.chunk);
        const wanted = list
          .filter(({ id }) => id > minId && (maxId === 0 || id < maxId))
          .filter(({ id }) => start === 0 || (reverse ? id > start : id < start))
          .filter(({ date: at }) => !offsetDate || (reverse ? at >= offsetDate : at < offsetDate))
          .map(({ id }) => id);
        if (reverse) wanted.reverse();
        const found = await ids(server, user, { ...options, offsetId: start, offsetDate });
        expect(found).toEqual(wanted.slice(0, limit));
      },
    );
    await fc.assert(property, random);
  });

  it('doubles and loses nothing while others write and delete', async () => {
    const property = fc.asyncProperty(
      fc.record({
        present: anyIds,
        removed: fc.array(fc.array(fc.nat(400), { maxLength: 8 }), { maxLength: 60 }),
        chunk: fc.integer({ min: 1, max: 30 }),
        reverse: fc.boolean(),
      }),
      async ({ present, removed, ...options }) => {
        let newest = 400;
        const steps = removed.values();
        const ever = new Set(present);
        const history = new HistoryServer(
          down(present).map((id) => message(id)),
          () => {
            const gone = steps.next().value;
            if (!gone) return;
            history.list = history.list.filter(({ id }) => !gone.includes(id));
            history.list.unshift(message(++newest));
            ever.add(newest);
          },
        );
        const { server, user } = over(history.serve);
        const found = await ids(server, user, options);
        expect(found).toEqual(options.reverse ? down(found).reverse() : down(found));
        expect(new Set(found).size).toBe(found.length);
        for (const id of found) expect(ever.has(id)).toBe(true);
        const stayed = history.list.filter(({ id }) => id <= 400).map(({ id }) => id);
        expect(found).toEqual(expect.arrayContaining(stayed));
      },
    );
    await fc.assert(property, random);
  });

  it('skips empty messages, also a whole page of them', async () => {
    const list = [6, 5, 4, 3, 2, 1].map((id) =>
      id === 6 || id === 1 ? message(id) : new tl.MessageEmpty({ id }),
    );
    const { server, user } = over(new HistoryServer(list).serve);
    expect(await ids(server, user, { chunk: 2 })).toEqual([6, 1]);
    expect(await ids(server, user, { chunk: 2, reverse: true })).toEqual([1, 6]);
  });

  it('has service messages', async () => {
    const service = new tl.MessageService({
      id: 2,
      peerId: new tl.PeerUser({ userId: 7n }),
      date: 5,
      action: new tl.MessageActionHistoryClear(),
    });
    const { server, user } = over(new HistoryServer([service, message(1)]).serve);
    expect(await server.peers.history(user).all()).toEqual([service, message(1)]);
  });

  it('takes dates as Date', async () => {
    const list = [3, 2, 1].map((id) => message(id));
    const { server, user } = over(new HistoryServer(list).serve);
    const offsetDate = new Date((1_000_000 + 20) * 1000);
    expect(await ids(server, user, { offsetDate })).toEqual([1]);
    expect(await ids(server, user, { offsetDate, reverse: true })).toEqual([2, 3]);
  });

  it('tells the total of the server', async () => {
    const list = down(Array.from({ length: 30 }, (_, i) => i + 1)).map((id) => message(id));
    const { server, user } = over(new HistoryServer(list).serve);
    const pages = server.peers.history(user, { limit: 5, chunk: 5 });
    expect(await pages.total()).toBe(30);
    expect(await server.peers.history(user, { limit: 0 }).total()).toBe(30);
  });

  it('ends after one request when the answer is the whole list', async () => {
    const { server, user } = over(new HistoryServer([message(2), message(1)]).serve);
    await server.peers.history(user).all();
    expect(server.requests).toHaveLength(1);
  });

  it('asks by search for the messages of one sender', async () => {
    const { server, user } = over(new HistoryServer([3, 2, 1].map((id) => message(id))).serve);
    const sender = server.add('user', 8n);
    expect(await ids(server, user, { from: sender, chunk: 1, offsetDate: 1_000_030 })).toEqual([
      2, 1,
    ]);
    const [first] = server.requests as messages.SearchRequest[];
    expect(first).toBeInstanceOf(messages.SearchRequest);
    expect(first?.fromId).toEqual(new tl.InputPeerUser({ userId: 8n, accessHash: 8n }));
    expect(first?.filter).toEqual(new tl.InputMessagesFilterEmpty());
    expect(first?.maxDate).toBe(1_000_030);
  });

  const slice = (...list: number[]) =>
    new messages.MessagesSlice({
      count: 1000,
      messages: list.map((id) => message(id)),
      topics: [],
      chats: [],
      users: [],
    });

  it.each([false, true])(
    'ends with a server that repeats a page (reverse: %s)',
    async (reverse) => {
      const { server, user } = over(() => slice(9, 8, 7));
      const found = await ids(server, user, { reverse });
      expect(found).toEqual(reverse ? [7, 8, 9] : [9, 8, 7]);
      expect(server.requests.length).toBeLessThanOrEqual(2);
    },
  );

  it('ends with a server that goes the other way, or to and fro', async () => {
    let next = 10;
    const upwards = over(() => slice(next++));
    expect(await ids(upwards.server, upwards.user, {})).toEqual([10]);
    const toAndFro = over(() => slice(...(toAndFro.server.requests.length % 2 ? [5, 4] : [7, 6])));
    expect(await ids(toAndFro.server, toAndFro.user, {})).toEqual([5, 4]);
  });

  it('ends with ids that cannot be', async () => {
    const { server, user } = over(() => slice(0, -1, -(2 ** 31), 2 ** 31 - 1));
    expect(await ids(server, user, {})).toEqual([2 ** 31 - 1]);
    expect(await ids(server, user, { reverse: true })).toEqual([2 ** 31 - 1]);
  });

  it('ends with an answer that there is nothing new', async () => {
    const { server, user } = over(() => new messages.MessagesNotModified({ count: 3 }));
    const pages = server.peers.history(user);
    expect(await pages.all()).toEqual([]);
    expect(await pages.total()).toBe(3);
  });

  it('reads the messages of a channel', async () => {
    const { server, user } = over(
      () =>
        new messages.ChannelMessages({
          pts: 1,
          count: 1,
          messages: server.requests.length > 1 ? [] : [message(4)],
          topics: [],
          chats: [],
          users: [],
        }),
    );
    expect(await ids(server, user, {})).toEqual([4]);
  });

  it('rejects with what the lookup throws, before any request', async () => {
    const { server } = over(() => slice());
    await expect(server.peers.history(99n).all()).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    expect(server.requests).toEqual([]);
  });

  it.each([
    [{ offsetId: -1 }, 'offsetId'],
    [{ minId: 2 ** 31 }, 'minId'],
    [{ maxId: 0.5 }, 'maxId'],
    [{ offsetDate: new Date(NaN) }, 'offsetDate'],
  ])('refuses %o', (options, option) => {
    const { server, user } = over(() => slice());
    expect(() => server.peers.history(user, options)).toThrow(
      expect.objectContaining({ code: 'BAD_LIST_OPTION', option }),
    );
  });
});
