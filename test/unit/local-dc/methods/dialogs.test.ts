import * as tl from '@tlgen/telegram';
import { folders, messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, createGroup, send } from '../../../../packages/local-dc/src/scene.js';
import { keyOf } from '../../../../packages/local-dc/src/world/mentioned.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let ann: User;
let anns: Device;

beforeEach(async () => {
  dc = new Harness();
  ann = await dc.user();
  anns = await dc.signedIn(ann);
});

const get = (device: Device, fields = {}) =>
  device.call(
    new messages.GetDialogsRequest({
      offsetDate: 0,
      offsetId: 0,
      offsetPeer: new tl.InputPeerEmpty(),
      limit: 100,
      hash: 0n,
      ...fields,
    }),
  ) as Promise<messages.DialogsSlice>;
const keys = ({ dialogs }: { dialogs: readonly tl.TypeDialog[] }) =>
  dialogs.map((one) => keyOf((one as tl.Dialog).peer));

/** All pages, as a client asks for them: the last message of a page leads to the next one. */
async function pages(device: Device, limit: number): Promise<string[][]> {
  const all: string[][] = [];
  let offset = {};
  for (;;) {
    const page = await get(device, { limit, ...offset });
    if (page.dialogs.length === 0) return all;
    all.push(keys(page));
    if (page._ === ('messages.dialogs' as string)) return all;
    const last = page.dialogs.at(-1) as tl.Dialog;
    const key = keyOf(last.peer);
    const top = page.messages.find(
      (one) =>
        one.id === last.topMessage &&
        !('_' in one && one instanceof tl.MessageEmpty) &&
        keyOf((one as tl.Message).peerId) === key,
    ) as tl.Message;
    const { world } = dc;
    const id = BigInt(key.slice(key.indexOf(':') + 1));
    const accessHash = world.accessHash(ann.id, key);
    const offsetPeer =
      last.peer instanceof tl.PeerUser
        ? new tl.InputPeerUser({ userId: id, accessHash })
        : last.peer instanceof tl.PeerChannel
          ? new tl.InputPeerChannel({ channelId: id, accessHash })
          : new tl.InputPeerChat({ chatId: id });
    offset = { offsetDate: top.date, offsetId: top.id, offsetPeer };
  }
}

describe('dialogs', () => {
  it('are paged without gaps and doubles, whatever they are, all in one second or not', async () => {
    const made: string[] = [];
    for (let i = 0; i < 23; i++) {
      if (i % 3 === 0) dc.now += 1;
      const bob = await dc.user();
      if (i % 4 === 0) {
        const channel = createChannel(dc.world, { title: `c${i}`, creator: bob, members: [ann] });
        made.unshift(`channel:${channel.id}`);
      } else if (i % 4 === 1) {
        const group = createGroup(dc.world, { title: `g${i}`, creator: bob, members: [ann] });
        made.unshift(`chat:${group.id}`);
      } else {
        send(dc.world, bob, ann, 'hello');
        made.unshift(`user:${bob.id}`);
      }
    }
    expect(keys(await get(anns))).toEqual(made);
    const paged = await pages(anns, 5);
    expect(paged.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
    expect(paged.flat()).toEqual(made);
    expect((await get(anns, { limit: 5 })).count).toBe(23);
  });

  it('say what is unread, of channels too', async () => {
    const bob = await dc.user();
    const channel = createChannel(dc.world, { title: 'News', creator: bob, members: [ann] });
    for (const text of ['one', 'two', 'three']) send(dc.world, bob, channel, text);
    const [dialog] = (await get(anns)).dialogs;
    expect(dialog).toMatchObject({ unreadCount: 3, topMessage: 4, readInboxMaxId: 1, pts: 5 });
    await anns.call(new messages.ReadHistoryRequest({ peer: anns.channelPeer(channel), maxId: 3 }));
    const peers = [new tl.InputDialogPeer({ peer: anns.channelPeer(channel) })];
    expect(await anns.call(new messages.GetPeerDialogsRequest({ peers }))).toMatchObject({
      dialogs: [{ unreadCount: 1, readInboxMaxId: 3 }],
      messages: [{ message: 'three' }],
      chats: [{ id: channel.id }],
    });
  });

  it('are pinned to the top, in an order, for all sessions', async () => {
    const people = [await dc.user(), await dc.user(), await dc.user()] as const;
    for (const one of people) send(dc.world, one, ann, 'hello');
    const second = await dc.signedIn(ann);
    const pin = (user: User, pinned = true) =>
      anns.call(
        new messages.ToggleDialogPinRequest({
          pinned,
          peer: new tl.InputDialogPeer({ peer: anns.peer(user) }),
        }),
      );
    const [a, b, c] = people.map(({ id }) => `user:${id}`);
    await pin(people[0]);
    await pin(people[1]);
    expect(second.updates.at(-1)).toMatchObject({
      updates: [{ _: 'updateDialogPinned', pinned: true }],
    });
    expect(keys(await get(anns))).toEqual([b, a, c]);
    expect(keys(await get(anns, { excludePinned: true }))).toEqual([c]);
    const order = [people[0], people[1]].map(
      (one) => new tl.InputDialogPeer({ peer: anns.peer(one) }),
    );
    await anns.call(new messages.ReorderPinnedDialogsRequest({ folderId: 0, order }));
    const pinned = await anns.call(new messages.GetPinnedDialogsRequest({ folderId: 0 }));
    expect(keys(pinned)).toEqual([a, b]);
    await pin(people[0], false);
    expect(keys(await get(anns))).toEqual([b, c, a]);
    expect(await refusal(pin(await dc.user()))).toBe('400 PEER_HISTORY_EMPTY');
  });

  it('go into the archive and back', async () => {
    const bob = await dc.user();
    send(dc.world, bob, ann, 'hello');
    const move = (folderId: number) =>
      anns.call(
        new folders.EditPeerFoldersRequest({
          folderPeers: [new tl.InputFolderPeer({ peer: anns.peer(bob), folderId })],
        }),
      );
    expect(await move(1)).toMatchObject({ updates: [{ _: 'updateFolderPeers', ptsCount: 1 }] });
    expect((await get(anns, { folderId: 0 })).dialogs).toEqual([]);
    // Without a folder, all are listed.
    expect(await get(anns)).toMatchObject({ dialogs: [{ folderId: 1 }] });
    expect(await get(anns, { folderId: 1 })).toMatchObject({ dialogs: [{ folderId: 1 }] });
    await move(0);
    expect((await get(anns, { folderId: 0 })).dialogs).toHaveLength(1);
    expect(await refusal(move(5))).toBe('400 FOLDER_ID_INVALID');
  });

  it('may be a thousand', async () => {
    for (let i = 0; i < 1000; i++) send(dc.world, await dc.user(), ann, `hello ${i}`);
    const paged = await pages(anns, 100);
    expect(paged.map((page) => page.length)).toEqual(Array.from({ length: 10 }, () => 100));
    expect(new Set(paged.flat()).size).toBe(1000);
  });
});
