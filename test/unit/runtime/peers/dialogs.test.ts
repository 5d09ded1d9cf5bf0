import type { TlMethod } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS, SEED } from '../../../support/random.js';
import { ListServer, message } from './list-server.js';

const random = { seed: SEED, numRuns: 200 * RUNS };

/** A conversation with a user as the server keeps it. */
interface Talk {
  readonly id: bigint;
  readonly date: number;
  readonly pinned: boolean;
  /** false: its history was cleared. */
  readonly written: boolean;
}

const peerOf = (id: bigint) => new tl.PeerUser({ userId: id });

const topOf = ({ id, date }: Talk) =>
  new tl.Message({ id: Number(id) + 1000, peerId: peerOf(id), date, message: '' });

const dialogOf = ({ id, pinned, written }: Talk) =>
  new tl.Dialog({
    pinned,
    peer: peerOf(id),
    topMessage: written ? Number(id) + 1000 : 0,
    readInboxMaxId: 0,
    readOutboxMaxId: 0,
    unreadCount: Number(id),
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    unreadPollVotesCount: 0,
    notifySettings: new tl.PeerNotifySettings({}),
  });

/** By date, those of one date by peer; those without a message at the end. */
const order = (a: Talk, b: Talk) =>
  Number(b.written) - Number(a.written) || b.date - a.date || Number(b.id - a.id);

class DialogServer {
  readonly server = new ListServer((request) => this.serve(request));
  /** Pinned ones come again where they stand by date. */
  repeatsPinned = false;
  /** Stands before everything else. */
  folded: tl.DialogFolder | null = null;
  private pages = 0;

  constructor(
    public talks: Talk[],
    private readonly meanwhile: () => void = () => undefined,
  ) {
    for (const { id } of talks) this.server.add('user', id);
  }

  get pinned(): Talk[] {
    return this.talks.filter(({ pinned }) => pinned).toSorted((a, b) => Number(a.id - b.id));
  }

  get others(): Talk[] {
    return this.talks.filter(({ pinned }) => !pinned).toSorted(order);
  }

  private serve(request: TlMethod): unknown {
    if (request instanceof messages.GetPinnedDialogsRequest) {
      const state = new tl.updates.State({ pts: 1, qts: 0, date: 1, seq: 1, unreadCount: 0 });
      return new messages.PeerDialogs({ ...this.answer(this.pinned), state });
    }
    if (request instanceof messages.GetDialogsRequest) return this.page(request);
    throw new TypeError(`no ${request._} here`);
  }

  private page(request: messages.GetDialogsRequest): messages.TypeDialogs {
    if (this.pages++ > 0) this.meanwhile();
    const { offsetDate, offsetId, offsetPeer, excludePinned, limit } = request;
    const { repeatsPinned, folded } = this;
    const user = 'userId' in offsetPeer ? offsetPeer.userId : 0n;
    const mark: Talk = { id: user, date: offsetDate, pinned: false, written: true };
    const sorted = repeatsPinned ? this.talks.toSorted(order) : this.others;
    const rest = offsetId === 0 ? sorted : sorted.filter((one) => order(mark, one) < 0);
    const all = excludePinned || offsetId > 0 ? rest : [...this.pinned, ...rest];
    const fold = folded !== null && offsetId === 0 && !excludePinned;
    const page = all.slice(0, fold ? limit - 1 : limit);
    const answer = this.answer(page);
    if (fold) answer.dialogs.unshift(folded);
    return page.length === this.talks.length && !repeatsPinned
      ? new messages.Dialogs(answer)
      : new messages.DialogsSlice({ ...answer, count: this.talks.length });
  }

  private answer(page: readonly Talk[]) {
    return {
      dialogs: page.map(dialogOf) as tl.TypeDialog[],
      messages: page.filter(({ written }) => written).map(topOf),
      chats: [],
      users: [],
    };
  }
}

const talks = fc
  .uniqueArray(
    fc.record({
      id: fc.bigInt({ min: 1n, max: 300n }),
      date: fc.integer({ min: 100, max: 130 }),
      pinned: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      written: fc.constant(true),
    }),
    { selector: ({ id }) => id, maxLength: 60 },
  )
  .map((all) => all.map((one, i): Talk => ({ ...one, written: one.pinned || i % 20 !== 7 })));

describe('dialogs', () => {
  it('has every conversation once, pinned ones first, whatever the chunk and limit', async () => {
    const property = fc.asyncProperty(
      talks,
      fc.integer({ min: 1, max: 100 }),
      fc.option(fc.integer({ min: 0, max: 70 }), { nil: undefined }),
      fc.boolean(),
      async (all, chunk, limit, repeatsPinned) => {
        const fake = new DialogServer(all);
        fake.repeatsPinned = repeatsPinned;
        const found = await fake.server.peers.dialogs({ chunk, limit }).all();
        const wanted = [...fake.pinned, ...fake.others];
        // No offset names those without a message, which stand at the end: they may be cut off.
        const sure = wanted.filter(({ written }) => written).map(({ id }) => id);
        const ids = found.map(({ peer }) => peer.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.slice(0, sure.length)).toEqual(sure.slice(0, limit));
        expect(ids.length).toBeLessThanOrEqual(limit ?? wanted.length);
      },
    );
    await fc.assert(property, random);
  });

  it('doubles none, and loses none that stays, while others write and delete', async () => {
    const property = fc.asyncProperty(
      talks,
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.record({ gone: fc.nat(59), top: fc.nat(59) }), { maxLength: 40 }),
      async (all, chunk, changes) => {
        const steps = changes.values();
        const moved = new Set<bigint>();
        let now = 200;
        const fake = new DialogServer(all, () => {
          const { value } = steps.next();
          if (!value) return;
          const gone = fake.talks[value.gone];
          fake.talks = fake.talks.filter((one) => one !== gone);
          const top = fake.talks[value.top];
          if (!top) return;
          moved.add(top.id);
          const one = { ...top, date: now++, written: true };
          fake.talks = [one, ...fake.talks.filter((other) => other !== top)];
        });
        const found = await fake.server.peers.dialogs({ chunk }).all();
        const ids = found.map(({ peer }) => peer.id);
        expect(new Set(ids).size).toBe(ids.length);
        const stayed = fake.talks.filter(({ id, written }) => written && !moved.has(id));
        expect(ids).toEqual(expect.arrayContaining(stayed.map(({ id }) => id)));
      },
    );
    await fc.assert(property, random);
  });

  it('tells peer, message and unread count', async () => {
    const talk: Talk = { id: 5n, date: 100, pinned: true, written: true };
    const fake = new DialogServer([talk, { id: 6n, date: 0, pinned: false, written: false }]);
    const [first, second] = await fake.server.peers.dialogs().all();
    expect(first).toMatchObject({
      peer: { type: 'user', id: 5n, markedId: 5n, name: 'user 5', self: false },
      inputPeer: new tl.InputPeerUser({ userId: 5n, accessHash: 5n }),
      pinned: true,
      unreadCount: 5,
      message: topOf(talk),
      dialog: dialogOf(talk),
    });
    expect(second?.message).toBeUndefined();
    expect(fake.server.requests).toHaveLength(1);
  });

  it('has basic groups, supergroups and channels, whose message ids are their own', async () => {
    const peers = [
      new tl.PeerChat({ chatId: 3n }),
      new tl.PeerChannel({ channelId: 3n }),
      new tl.PeerChannel({ channelId: 4n }),
    ];
    const server = new ListServer(
      () =>
        new messages.Dialogs({
          dialogs: peers.map(
            (peer) =>
              new tl.Dialog({
                ...dialogOf({ id: 1n, date: 0, pinned: false, written: true }),
                peer,
                topMessage: 9,
              }),
          ),
          messages: peers.map((peer) => message(9, peer)),
          chats: [],
          users: [],
        }),
    );
    server.add('chat', 3n);
    server.add('channel', 3n, { megagroup: true });
    server.add('channel', 4n);
    const found = await server.peers.dialogs().all();
    expect(found.map(({ peer }) => [peer.type, peer.markedId])).toEqual([
      ['group', -3n],
      ['supergroup', -1_000_000_000_003n],
      ['channel', -1_000_000_000_004n],
    ]);
    expect(found.map(({ message: top }) => top?.peerId)).toEqual(peers);
  });

  const few: Talk[] = [1n, 2n, 3n, 4n, 5n, 6n].map((id) => ({
    id,
    date: 100 + Number(id),
    pinned: id <= 3n,
    written: true,
  }));
  const idsOf = async (fake: DialogServer, options: object) =>
    (await fake.server.peers.dialogs(options).all()).map(({ peer }) => Number(peer.id));

  it('loses no pinned one when a page has nothing else', async () => {
    expect(await idsOf(new DialogServer(few), { chunk: 2 })).toEqual([1, 2, 3, 6, 5, 4]);
  });

  it('has pinned ones only, or none', async () => {
    const fake = new DialogServer(few);
    expect(await idsOf(fake, { pinned: true })).toEqual([1, 2, 3]);
    expect(await fake.server.peers.dialogs({ pinned: true }).total()).toBe(3);
    expect(await idsOf(fake, { pinned: false, chunk: 2 })).toEqual([6, 5, 4]);
  });

  it('leaves out the folded archive, and goes on behind it', async () => {
    const fake = new DialogServer(few);
    fake.folded = new tl.DialogFolder({
      pinned: true,
      folder: new tl.Folder({ id: 1, title: 'Archive' }),
      peer: peerOf(1n),
      topMessage: 4,
      unreadMutedPeersCount: 0,
      unreadUnmutedPeersCount: 0,
      unreadMutedMessagesCount: 0,
      unreadUnmutedMessagesCount: 0,
    });
    expect(await idsOf(fake, { chunk: 1 })).toEqual([1, 2, 3, 6, 5, 4]);
    expect(await idsOf(fake, { chunk: 3 })).toEqual([1, 2, 3, 6, 5, 4]);
  });

  it.each([
    [{}, undefined],
    [{ archived: true }, 1],
    [{ archived: false }, 0],
    [{ folder: 7 }, 7],
  ])('asks for the folder of %o', async (options, folderId) => {
    const fake = new DialogServer(few);
    await fake.server.peers.dialogs(options).all();
    for (const request of fake.server.requests) expect(request).toMatchObject({ folderId });
  });

  it('leaves out one of whom nothing is known, and says so', async () => {
    const fake = new DialogServer(few);
    fake.server.known.delete(6n);
    expect(await idsOf(fake, {})).toEqual([1, 2, 3, 5, 4]);
    expect(fake.server.logged).toEqual([expect.stringContaining('nothing is known of 6')]);
  });

  it.each([
    ['repeats a page', 2, () => few],
    ['repeats one conversation', 2, () => few.slice(0, 1)],
    ['has two pages in turn', 5, (n: number) => few.slice((n % 2) * 3, (n % 2) * 3 + 3)],
    ['has nothing', 1, () => []],
  ])('ends with a server that %s, after %i requests', async (_, requests, pick) => {
    const server = new ListServer(() => {
      const page = pick(server.requests.length);
      return new messages.DialogsSlice({
        count: 10_000,
        dialogs: page.map((one) => dialogOf({ ...one, pinned: false })),
        messages: page.map(topOf),
        chats: [],
        users: [],
      });
    });
    for (const { id } of few) server.add('user', id);
    const found = await server.peers.dialogs().all();
    const ids = found.map(({ peer }) => peer.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(server.requests).toHaveLength(requests);
  });

  it('ends with an answer that there is nothing new', async () => {
    const server = new ListServer(() => new messages.DialogsNotModified({ count: 12 }));
    expect(await server.peers.dialogs().all()).toEqual([]);
    expect(await server.peers.dialogs().total()).toBe(12);
  });

  it.each([
    [{ folder: -1 }, 'folder'],
    [{ folder: 1, archived: true }, 'archived'],
    [{ limit: -5 }, 'limit'],
  ])('refuses %o', (options, option) => {
    expect(() => new DialogServer([]).server.peers.dialogs(options)).toThrow(
      expect.objectContaining({ code: 'BAD_LIST_OPTION', option }),
    );
  });
});
