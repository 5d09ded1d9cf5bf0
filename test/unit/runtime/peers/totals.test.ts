import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { Pages, type Page } from '../../../../packages/runtime/src/peers/lists/pages.js';
import { ListServer, message } from './list-server.js';

const dialog = (id: bigint): tl.Dialog =>
  new tl.Dialog({
    peer: new tl.PeerUser({ userId: id }),
    topMessage: Number(id),
    readInboxMaxId: 0,
    readOutboxMaxId: 0,
    unreadCount: 0,
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    unreadPollVotesCount: 0,
    notifySettings: new tl.PeerNotifySettings({}),
  });

describe('how many there are', () => {
  it('is what the first page says, whatever the later ones do', async () => {
    const answers: Page<number>[] = [
      { items: [1, 2], total: 40, last: false },
      { items: [3], total: 1, last: false },
      { items: [], total: null, last: true },
    ];
    let at = 0;
    const pages = new Pages<number>(() => () => Promise.resolve(answers[at++] as Page<number>));
    expect(await pages.all()).toEqual([1, 2, 3]);
    expect(await pages.total()).toBe(40);
    expect(at).toBe(3);
  });

  it('of dialogs is the count of the server, not that of the page', async () => {
    const ids = [9n, 8n];
    const server = new ListServer(
      () =>
        new messages.DialogsSlice({
          count: 77,
          dialogs: ids.map(dialog),
          messages: ids.map((id) => message(Number(id), new tl.PeerUser({ userId: id }))),
          chats: [],
          users: [],
        }),
    );
    for (const id of ids) server.add('user', id);
    const list = server.peers.dialogs({ limit: 2 });
    expect((await list.all()).map(({ peer }) => peer.id)).toEqual(ids);
    expect(await list.total()).toBe(77);
    expect(await server.peers.dialogs().total()).toBe(77);
  });
});

describe('a limit', () => {
  it.each([1, 2, 3, 4, 5])(
    'of %i holds also where the server gives more than was asked for',
    async (limit) => {
      let asked = 0;
      const generous = () => () => {
        asked++;
        return Promise.resolve({ items: [1, 2, 3, 4, 5, 6, 7], total: 7, last: false });
      };
      expect(await new Pages<number>(generous, { limit }).all()).toHaveLength(limit);
      expect(asked).toBe(1);
    },
  );
});
