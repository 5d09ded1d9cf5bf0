import type { TlMethod } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS, SEED } from '../../../support/random.js';
import type { SearchFilter } from '../../../../packages/runtime/src/peers/lists/search-filters.js';
import { HistoryServer } from './history-server.js';
import { ListServer, message } from './list-server.js';

const random = { seed: SEED, numRuns: 200 * RUNS };

describe('search in a conversation', () => {
  const list = Array.from({ length: 25 }, (_, i) => message(25 - i));
  const over = () => {
    const server = new ListServer(new HistoryServer(list).serve);
    return { server, user: server.add('user', 7n) };
  };

  it.each([1, 7, 25, 100])('reads all pages of %i', async (chunk) => {
    const { server, user } = over();
    const pages = server.peers.search(user, { query: 'm', chunk });
    expect(await pages.all()).toEqual(list);
    expect(await pages.total()).toBe(25);
  });

  it('reads oldest first, and between bounds', async () => {
    const { server, user } = over();
    const options = { reverse: true, minId: 5, maxId: 20, offsetId: 8, chunk: 4, limit: 6 };
    const found = await server.peers.search(user, options).all();
    expect(found.map(({ id }) => id)).toEqual([9, 10, 11, 12, 13, 14]);
  });

  it('sends what is looked for', async () => {
    const { server, user } = over();
    const from = server.add('channel', 8n);
    const options = {
      query: 'words',
      filter: 'photo',
      from,
      minDate: new Date(5_999),
      maxDate: 90,
      limit: 1,
    } as const;
    await server.peers.search(user, options).all();
    expect(server.requests).toEqual([
      new messages.SearchRequest({
        peer: new tl.InputPeerUser({ userId: 7n, accessHash: 7n }),
        fromId: new tl.InputPeerChannel({ channelId: 8n, accessHash: 8n }),
        q: 'words',
        filter: new tl.InputMessagesFilterPhotos(),
        minDate: 5,
        maxDate: 90,
        offsetId: 0,
        addOffset: 0,
        limit: 1,
        maxId: 0,
        minId: 0,
        hash: 0n,
      }),
    ]);
  });

  it.each([
    ['any', tl.InputMessagesFilterEmpty],
    ['photo', tl.InputMessagesFilterPhotos],
    ['video', tl.InputMessagesFilterVideo],
    ['photoVideo', tl.InputMessagesFilterPhotoVideo],
    ['document', tl.InputMessagesFilterDocument],
    ['url', tl.InputMessagesFilterUrl],
    ['gif', tl.InputMessagesFilterGif],
    ['voice', tl.InputMessagesFilterVoice],
    ['music', tl.InputMessagesFilterMusic],
    ['chatPhoto', tl.InputMessagesFilterChatPhotos],
    ['call', tl.InputMessagesFilterPhoneCalls],
    ['roundVoice', tl.InputMessagesFilterRoundVoice],
    ['roundVideo', tl.InputMessagesFilterRoundVideo],
    ['mention', tl.InputMessagesFilterMyMentions],
    ['geo', tl.InputMessagesFilterGeo],
    ['contact', tl.InputMessagesFilterContacts],
    ['pinned', tl.InputMessagesFilterPinned],
    ['poll', tl.InputMessagesFilterPoll],
  ] as const)('knows the filter %s', async (filter, expected) => {
    const { server, user } = over();
    await server.peers.search(user, { filter, limit: 1 }).all();
    const [request] = server.requests as messages.SearchRequest[];
    expect(request?.filter).toBeInstanceOf(expected);
  });

  it('takes a filter of TL as it is', async () => {
    const { server, user } = over();
    const filter = new tl.InputMessagesFilterPhoneCalls({ missed: true });
    await server.peers.search(user, { filter, limit: 1 }).all();
    expect(server.requests).toEqual([expect.objectContaining({ filter })]);
  });

  it.each(['photos', 'constructor', '__proto__', ''])('refuses the filter %j', (filter) => {
    const { server, user } = over();
    const make = () => server.peers.search(user, { filter: filter as SearchFilter });
    expect(make).toThrow(expect.objectContaining({ code: 'BAD_LIST_OPTION', option: 'filter' }));
  });
});

/** Messages of several conversations by rate, which is their date. */
class GlobalServer {
  readonly server = new ListServer((request) => this.serve(request));

  constructor(
    public list: tl.Message[],
    private readonly tellsRate: boolean,
    private readonly meanwhile: () => void = () => undefined,
  ) {
    for (let id = 1n; id <= 5n; id++) {
      this.server.add('user', id);
      this.server.add('channel', id);
    }
  }

  private serve(request: TlMethod): messages.TypeMessages {
    if (!(request instanceof messages.SearchGlobalRequest)) throw new TypeError(request._);
    const { offsetRate, offsetId, offsetPeer, limit } = request;
    if (offsetRate > 0) this.meanwhile();
    const peer =
      offsetPeer instanceof tl.InputPeerUser
        ? new tl.PeerUser({ userId: offsetPeer.userId })
        : new tl.PeerChannel({ channelId: 'channelId' in offsetPeer ? offsetPeer.channelId : 1n });
    const mark = new tl.Message({ id: offsetId, peerId: peer, date: offsetRate, message: '' });
    const sorted = this.list.toSorted(rank);
    const rest = offsetRate === 0 ? sorted : sorted.filter((one) => rank(mark, one) < 0);
    const page = rest.slice(0, limit);
    const common = { messages: page, topics: [], chats: [], users: [] };
    if (page.length === sorted.length) return new messages.Messages(common);
    const nextRate = this.tellsRate ? page.at(-1)?.date : undefined;
    return new messages.MessagesSlice({ ...common, count: sorted.length, nextRate });
  }
}

const keyOf = ({ peerId, id }: { peerId: tl.TypePeer; id: number }) =>
  `${JSON.stringify(peerId)} ${id}`;
const rank = (a: tl.Message, b: tl.Message) =>
  b.date - a.date || keyOf(b).localeCompare(keyOf(a), 'en');

const anyMessage = fc.record({
  peer: fc.bigInt({ min: 1n, max: 5n }),
  channel: fc.boolean(),
  id: fc.integer({ min: 1, max: 40 }),
  date: fc.integer({ min: 1, max: 30 }),
});
const anyMessages = fc
  .uniqueArray(anyMessage, {
    selector: ({ peer, channel, id }) => `${peer} ${channel} ${id}`,
    maxLength: 60,
  })
  .map((all) =>
    all.map(({ peer, channel, id, date }) => {
      const peerId = channel
        ? new tl.PeerChannel({ channelId: peer })
        : new tl.PeerUser({ userId: peer });
      return new tl.Message({ id, peerId, date, message: '' });
    }),
  );

describe('search everywhere', () => {
  it('has every message once, in order, whatever the chunk and limit', async () => {
    const property = fc.asyncProperty(
      anyMessages,
      fc.integer({ min: 1, max: 100 }),
      fc.option(fc.integer({ min: 0, max: 70 }), { nil: undefined }),
      fc.boolean(),
      async (all, chunk, limit, tellsRate) => {
        const { server } = new GlobalServer(all, tellsRate);
        const found = await server.peers.search(null, { query: 'x', chunk, limit }).all();
        expect(found).toEqual(all.toSorted(rank).slice(0, limit));
      },
    );
    await fc.assert(property, random);
  });

  it('doubles none, and loses none that stays, while others write and delete', async () => {
    const property = fc.asyncProperty(
      anyMessages,
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.array(fc.nat(59), { maxLength: 5 }), { maxLength: 30 }),
      async (all, chunk, removals) => {
        const steps = removals.values();
        let next = 1000;
        const fake = new GlobalServer(all, true, () => {
          const { value } = steps.next();
          if (!value) return;
          fake.list = fake.list.filter((_, i) => !value.includes(i));
          fake.list.push(message(next++, new tl.PeerUser({ userId: 1n })));
        });
        const found = await fake.server.peers.search(null, { query: 'x', chunk }).all();
        const keys = found.map(keyOf);
        expect(new Set(keys).size).toBe(keys.length);
        const stayed = fake.list.filter(({ id }) => id < 1000).map(keyOf);
        expect(keys).toEqual(expect.arrayContaining(stayed));
      },
    );
    await fc.assert(property, random);
  });

  it('sends what is looked for', async () => {
    const { server } = new GlobalServer([], true);
    await server.peers.search(null, { query: 'q', filter: 'url', minDate: 3, maxDate: 4 }).all();
    expect(server.requests).toEqual([
      new messages.SearchGlobalRequest({
        q: 'q',
        filter: new tl.InputMessagesFilterUrl(),
        minDate: 3,
        maxDate: 4,
        offsetRate: 0,
        offsetPeer: new tl.InputPeerEmpty(),
        offsetId: 0,
        limit: 100,
      }),
    ]);
  });

  const slice = (list: tl.TypeMessage[], nextRate?: number) =>
    new messages.MessagesSlice({
      count: 1000,
      nextRate,
      messages: list,
      topics: [],
      chats: [],
      users: [],
    });

  it.each([
    ['repeats a page', () => slice([message(2), message(1)])],
    ['repeats a page under new rates', (n: number) => slice([message(2), message(1)], n)],
    ['has two pages in turn', (n: number) => slice([message(n % 2), message(5)], n)],
    ['has empty messages only', (n: number) => slice([new tl.MessageEmpty({ id: n })], n)],
    ['has nothing', (n: number) => slice([], n)],
    ['says that there is nothing new', () => new messages.MessagesNotModified({ count: 3 })],
  ])('ends with a server that %s', async (_, serve) => {
    const server: ListServer = new ListServer(() => serve(server.requests.length));
    server.add('user', 7n);
    const found = await server.peers.search(null, { query: 'x' }).all();
    expect(new Set(found.map(keyOf)).size).toBe(found.length);
    expect(server.requests.length).toBeLessThan(10);
  });

  it('goes on behind a conversation of which nothing is known', async () => {
    const stranger = new tl.PeerUser({ userId: 99n });
    const server: ListServer = new ListServer(() =>
      server.requests.length === 1 ? slice([message(5, stranger)], 8) : slice([]),
    );
    expect(await server.peers.search(null, { query: 'x' }).all()).toHaveLength(1);
    expect(server.requests[1]).toMatchObject({
      offsetRate: 8,
      offsetId: 5,
      offsetPeer: new tl.InputPeerEmpty(),
    });
  });

  it.each(['from', 'offsetId', 'minId', 'maxId', 'reverse'])('refuses %s', (option) => {
    const { server } = new GlobalServer([], true);
    expect(() => server.peers.search(null, { [option]: 1 })).toThrow(
      expect.objectContaining({ code: 'BAD_LIST_OPTION', option }),
    );
  });
});
