import * as tl from '@tlgen/telegram';
import { channels, messages, users } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, createGroup, send } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let [ann, bob]: User[] = [];
let anns: Device;
let bobs: Device;

beforeEach(async () => {
  dc = new Harness();
  [ann, bob] = [await dc.user({ firstName: 'Ann' }), await dc.user({ firstName: 'Bob' })];
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
});

const pin = (device: Device, peer: tl.TypeInputPeer, id: number, fields = {}) =>
  device.call(new messages.UpdatePinnedMessageRequest({ peer, id, ...fields }));
const pinnedOf = (user: User | undefined) =>
  [...(user?.box.letters.values() ?? [])].flatMap(({ message }) =>
    message instanceof tl.Message && message.pinned ? [message.message] : [],
  );

describe('pinned messages', () => {
  it('are pinned for both of a private chat, with a service message, and move pts', async () => {
    const { id } = send(dc.world, ann as User, bob as User, 'one');
    const answer = await pin(anns, anns.peer(bob as User), id);
    expect(answer).toMatchObject({
      updates: [
        { _: 'updatePinnedMessages', pinned: true, messages: [id], ptsCount: 1 },
        { _: 'updateNewMessage', message: { action: { _: 'messageActionPinMessage' } } },
      ],
    });
    expect([pinnedOf(ann), pinnedOf(bob)]).toEqual([['one'], ['one']]);
    expect(bobs.updates.at(-2)).toMatchObject({ updates: [{ _: 'updatePinnedMessages' }] });
    const full = await anns.call(new users.GetFullUserRequest({ id: anns.input(bob as User) }));
    expect(full.fullUser.pinnedMsgId).toBe(id);
    // The same once more changes nothing.
    expect(await pin(anns, anns.peer(bob as User), id)).toMatchObject({ updates: [] });
    const unpin = await pin(bobs, bobs.peer(ann as User), 1, { unpin: true });
    expect(unpin).toMatchObject({ updates: [{ _: 'updatePinnedMessages' }] });
    expect([pinnedOf(ann), pinnedOf(bob)]).toEqual([[], []]);
  });

  it('are pinned for one side only, and without a word in the own chat', async () => {
    const { id } = send(dc.world, ann as User, bob as User, 'one');
    const one = await pin(anns, anns.peer(bob as User), id, { pmOneside: true });
    expect(one).toMatchObject({ updates: [{ _: 'updatePinnedMessages' }] });
    expect([pinnedOf(ann), pinnedOf(bob)]).toEqual([['one'], []]);
    const note = send(dc.world, ann as User, ann as User, 'note');
    const own = (await pin(anns, new tl.InputPeerSelf(), note.id)) as tl.Updates;
    expect(own.updates).toHaveLength(1);
    const all = await anns.call(
      new messages.UnpinAllMessagesRequest({ peer: anns.peer(bob as User) }),
    );
    expect([all.ptsCount, all.pts]).toEqual([1, (ann as User).box.pts]);
    expect(pinnedOf(ann)).toEqual(['note']);
    expect(await refusal(pin(anns, anns.peer(bob as User), 99))).toBe('400 MESSAGE_ID_INVALID');
  });

  it('are pinned by admins of a supergroup, and by members of a basic group', async () => {
    const fields = { title: 'T', creator: ann as User, members: [bob as User] };
    const talk = createChannel(dc.world, { ...fields, megagroup: true });
    const { id } = send(dc.world, bob as User, talk, 'post');
    expect(await refusal(pin(bobs, bobs.channelPeer(talk), id))).toBe('403 CHAT_ADMIN_REQUIRED');
    const answer = await pin(anns, anns.channelPeer(talk), id);
    expect(answer).toMatchObject({
      updates: [{ _: 'updatePinnedChannelMessages' }, {}, { _: 'updateNewChannelMessage' }],
    });
    const channel = anns.channel(talk);
    const full = await anns.call(new channels.GetFullChannelRequest({ channel }));
    expect(full.fullChat).toMatchObject({ pinnedMsgId: id });
    const group = createGroup(dc.world, fields);
    const letter = send(dc.world, ann as User, group, 'in group');
    const chat = new tl.InputPeerChat({ chatId: group.id });
    const own = [...(bob as User).box.letters.values()].find(
      ({ message }) => message instanceof tl.Message && message.message === 'in group',
    );
    await pin(bobs, chat, own?.message.id ?? 0);
    expect(pinnedOf(ann)).toEqual(['in group']);
    expect(letter.id).toBeGreaterThan(0);
  });
});
