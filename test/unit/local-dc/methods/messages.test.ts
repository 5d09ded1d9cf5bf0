import * as tl from '@tlgen/telegram';
import { messages, updates } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let ann: User;
let bob: User;
let annDevice: Device;
let bobDevice: Device;

beforeEach(async () => {
  dc = new Harness();
  ann = await dc.user({ firstName: 'Ann', username: 'ann_user' });
  bob = await dc.user({ firstName: 'Bob' });
  annDevice = await dc.signedIn(ann);
  bobDevice = await dc.signedIn(bob);
});

const state = (device: Device): Promise<updates.State> =>
  device.call(new updates.GetStateRequest());

const difference = (
  device: Device,
  from: { pts: number; qts?: number; date?: number },
  limit?: number,
) =>
  device.call(
    new updates.GetDifferenceRequest({
      pts: from.pts,
      qts: from.qts ?? 0,
      date: from.date ?? dc.now,
      ptsLimit: limit,
    }),
  );

const history = (device: Device, peer: tl.TypeInputPeer, limit = 10, offsetId = 0) =>
  device.call(
    new messages.GetHistoryRequest({
      peer,
      limit,
      offsetId,
      offsetDate: 0,
      addOffset: 0,
      maxId: 0,
      minId: 0,
      hash: 0n,
    }),
  );

describe('private messages', () => {
  it('reach the other side: with users at first, short afterwards', async () => {
    const answer = await annDevice.send(annDevice.peer(bob), 'one');
    expect(answer).toMatchObject({ _: 'updateShortSentMessage', out: true, id: 1, pts: 2 });
    await annDevice.send(annDevice.peer(bob), 'two');
    const [first, second] = bobDevice.updates;
    expect(first).toMatchObject({ _: 'updates', seq: 0 });
    expect((first as tl.Updates).updates[0]).toMatchObject({
      _: 'updateNewMessage',
      pts: 2,
      ptsCount: 1,
      message: { message: 'one', out: false, peerId: { userId: ann.id } },
    });
    expect((first as tl.Updates).users.map((user) => user.id)).toContain(ann.id);
    expect(second).toMatchObject({
      _: 'updateShortMessage',
      userId: ann.id,
      message: 'two',
      pts: 3,
    });
    expect(annDevice.updates).toEqual([]);
  });

  it('reach the other sessions of the sender, but not the one that sent', async () => {
    const second = await dc.signedIn(ann);
    await annDevice.send(annDevice.peer(bob), 'hi');
    expect(annDevice.updates).toHaveLength(0);
    expect(second.updates).toHaveLength(1);
    expect((second.updates[0] as tl.Updates).updates[0]).toMatchObject({ message: { out: true } });
  });

  it('go to oneself with updateMessageID', async () => {
    const answer = (await annDevice.send(new tl.InputPeerSelf(), 'note', 77n)) as tl.Updates;
    expect(answer.updates.map((one) => one._)).toEqual(['updateMessageID', 'updateNewMessage']);
    expect(answer.updates[0]).toMatchObject({ id: 1, randomId: 77n });
  });

  it('are refused twice under one random_id', async () => {
    await annDevice.send(annDevice.peer(bob), 'once', 5n);
    expect(await refusal(annDevice.send(annDevice.peer(bob), 'again', 5n))).toBe(
      '500 RANDOM_ID_DUPLICATE',
    );
    expect(bob.box.letters.size).toBe(1);
  });

  it('are refused when empty, too long, or to somebody whose hash is another viewer’s', async () => {
    const peer = annDevice.peer(bob);
    expect(await refusal(annDevice.send(peer, '  '))).toBe('400 MESSAGE_EMPTY');
    expect(await refusal(annDevice.send(peer, 'x'.repeat(4097)))).toBe('400 MESSAGE_TOO_LONG');
    expect(await refusal(annDevice.send(bobDevice.peer(bob), 'x'))).toBe('400 PEER_ID_INVALID');
    const carol = await dc.signedIn(await dc.user());
    expect(await refusal(carol.send(peer, 'x'))).toBe('400 PEER_ID_INVALID');
  });

  it('keep replies and entities, by each side’s own ids', async () => {
    await bobDevice.send(new tl.InputPeerSelf(), 'shifts the ids');
    await annDevice.send(annDevice.peer(bob), 'question');
    const entities = [new tl.MessageEntityBold({ offset: 0, length: 3 })];
    await bobDevice.call(
      new messages.SendMessageRequest({
        peer: bobDevice.peer(ann),
        message: 'yes!',
        randomId: 9n,
        entities,
        replyTo: new tl.InputReplyToMessage({ replyToMsgId: 2 }),
      }),
    );
    const last = ann.box.letters.get(2)?.message as tl.Message;
    expect(last.replyTo).toMatchObject({ replyToMsgId: 1 });
    expect(last.entities).toMatchObject([{ _: 'messageEntityBold', length: 3 }]);
  });

  it('let bots answer who wrote to them, without a hash', async () => {
    const bot = await dc.user({ bot: true });
    const botDevice = await dc.signedIn(bot);
    const toAnn = new tl.InputPeerUser({ userId: ann.id, accessHash: 0n });
    expect(await refusal(botDevice.send(toAnn, 'hello?'))).toBe('400 PEER_ID_INVALID');
    await annDevice.send(annDevice.peer(bot), '/start');
    expect(await botDevice.send(toAnn, 'hello!')).toMatchObject({ id: 2 });
  });
});

describe('changes', () => {
  it('edit both copies', async () => {
    await annDevice.send(annDevice.peer(bob), 'tpyo');
    const edit = (device: Device, user: User, message: string) =>
      device.call(new messages.EditMessageRequest({ peer: device.peer(user), id: 1, message }));
    expect(await refusal(edit(bobDevice, ann, 'mine'))).toBe('403 MESSAGE_AUTHOR_REQUIRED');
    expect(await refusal(edit(annDevice, bob, 'tpyo'))).toBe('400 MESSAGE_NOT_MODIFIED');
    await edit(annDevice, bob, 'typo');
    expect((bobDevice.updates.at(-1) as tl.Updates).updates[0]).toMatchObject({
      _: 'updateEditMessage',
      pts: 3,
      message: { message: 'typo', editDate: dc.now },
    });
  });

  it('delete on one side or on both, and count pts by messages', async () => {
    for (const text of ['a', 'b', 'c']) await annDevice.send(annDevice.peer(bob), text);
    const own = await annDevice.call(new messages.DeleteMessagesRequest({ id: [1] }));
    expect(own).toMatchObject({ pts: 5, ptsCount: 1 });
    expect(bob.box.letters.size).toBe(3);
    const both = await annDevice.call(
      new messages.DeleteMessagesRequest({ id: [2, 3, 99], revoke: true }),
    );
    expect(both).toMatchObject({ pts: 7, ptsCount: 2 });
    expect((bobDevice.updates.at(-1) as tl.Updates).updates[0]).toMatchObject({
      _: 'updateDeleteMessages',
      messages: [2, 3],
      pts: 6,
      ptsCount: 2,
    });
  });

  it('mark read for both sides', async () => {
    await annDevice.send(annDevice.peer(bob), 'a');
    await annDevice.send(annDevice.peer(bob), 'b');
    expect((await state(bobDevice)).unreadCount).toBe(2);
    const peer = bobDevice.peer(ann);
    const read = await bobDevice.call(new messages.ReadHistoryRequest({ peer, maxId: 0 }));
    expect(read).toMatchObject({ pts: 4, ptsCount: 1 });
    expect((annDevice.updates[0] as tl.Updates).updates[0]).toMatchObject({
      _: 'updateReadHistoryOutbox',
      maxId: 2,
      pts: 4,
    });
    expect((await state(bobDevice)).unreadCount).toBe(0);
    const again = await bobDevice.call(new messages.ReadHistoryRequest({ peer, maxId: 2 }));
    expect(again).toMatchObject({ pts: 4, ptsCount: 0 });
  });
});

describe('history', () => {
  it('pages from the newest back', async () => {
    for (let i = 1; i <= 5; i++) await annDevice.send(annDevice.peer(bob), `${i}`);
    const texts = (found: messages.TypeMessages): string[] =>
      'messages' in found ? found.messages.map((one) => (one as tl.Message).message) : [];
    const page = await history(annDevice, annDevice.peer(bob), 2);
    expect(page).toMatchObject({ _: 'messages.messagesSlice', count: 5 });
    expect(texts(page)).toEqual(['5', '4']);
    expect(texts(await history(annDevice, annDevice.peer(bob), 9, 4))).toEqual(['3', '2', '1']);
    expect(texts(await history(annDevice, new tl.InputPeerSelf()))).toEqual([]);
  });

  it('lists conversations', async () => {
    await annDevice.send(new tl.InputPeerSelf(), 'note');
    await annDevice.send(annDevice.peer(bob), 'hi');
    const request = new messages.GetDialogsRequest({
      offsetDate: 0,
      offsetId: 0,
      offsetPeer: new tl.InputPeerEmpty(),
      limit: 10,
      hash: 0n,
    });
    const found = (await annDevice.call(request)) as messages.Dialogs;
    expect(found._).toBe('messages.dialogs');
    expect(found.dialogs.map((one) => ((one as tl.Dialog).peer as tl.PeerUser).userId)).toEqual([
      bob.id,
      ann.id,
    ]);
    expect(found.messages).toHaveLength(2);
    const asked = await annDevice.call(
      new messages.GetMessagesRequest({ id: [1, 9].map((id) => new tl.InputMessageID({ id })) }),
    );
    expect((asked as messages.Messages).messages.map((one) => one._)).toEqual([
      'message',
      'messageEmpty',
    ]);
  });
});

describe('differences', () => {
  it('bring what was missed, in slices, without holes', async () => {
    const start = await state(bobDevice);
    for (let i = 0; i < 7; i++) await annDevice.send(annDevice.peer(bob), `${i}`);
    await annDevice.call(new messages.DeleteMessagesRequest({ id: [1], revoke: true }));
    const seen: string[] = [];
    let { pts } = start;
    for (;;) {
      const answer = await difference(bobDevice, { pts }, 3);
      if (!('newMessages' in answer)) throw new Error(`unexpected ${answer._}`);
      seen.push(...answer.newMessages.map((one) => (one as tl.Message).message));
      if (answer._ === 'updates.differenceSlice') {
        expect(answer.intermediateState.pts).toBe(pts + 3);
        pts = answer.intermediateState.pts;
        continue;
      }
      expect(answer.otherUpdates).toMatchObject([{ _: 'updateDeleteMessages', messages: [1] }]);
      expect(answer.users.map(({ id }) => id)).toContain(ann.id);
      pts = answer.state.pts;
      break;
    }
    expect(seen).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(await difference(bobDevice, { pts })).toMatchObject({ _: 'updates.differenceEmpty' });
  });

  it('are refused from nowhere and from the future, and too long ones say so', async () => {
    expect(await refusal(difference(bobDevice, { pts: 0 }))).toBe('400 PERSISTENT_TIMESTAMP_EMPTY');
    expect(await refusal(difference(bobDevice, { pts: 99 }))).toBe(
      '400 PERSISTENT_TIMESTAMP_INVALID',
    );
    for (let i = 0; i < 3; i++) await annDevice.send(annDevice.peer(bob), `${i}`);
    const request = new updates.GetDifferenceRequest({ pts: 1, qts: 0, date: 1, ptsTotalLimit: 2 });
    expect(await bobDevice.call(request)).toMatchObject({ _: 'updates.differenceTooLong', pts: 4 });
  });

  it('keep pts and pts_count consistent over everything that is pushed', async () => {
    const second = await dc.signedIn(bob);
    await annDevice.send(annDevice.peer(bob), 'a');
    await bobDevice.send(bobDevice.peer(ann), 'b');
    await bobDevice.call(new messages.ReadHistoryRequest({ peer: bobDevice.peer(ann), maxId: 0 }));
    await annDevice.call(new messages.DeleteMessagesRequest({ id: [1, 2], revoke: true }));
    let pts = 1;
    for (const container of second.updates) {
      const list = 'updates' in container ? container.updates : [container];
      for (const update of list) {
        const { pts: after, ptsCount } = update as { pts: number; ptsCount: number };
        expect(after).toBe(pts + ptsCount);
        pts = after;
      }
    }
    expect(pts).toBe(bob.box.pts);
    expect(pts).toBe(6);
  });
});

describe('basic groups', () => {
  const create = async (...users: User[]): Promise<bigint> => {
    const created = await annDevice.call(
      new messages.CreateChatRequest({
        users: users.map((one) => annDevice.input(one)),
        title: 'G',
      }),
    );
    const [chat] = (created.updates as tl.Updates).chats;
    return (chat as tl.Chat).id;
  };

  it('carry messages to all members', async () => {
    const chatId = await create(bob);
    expect((bobDevice.updates[0] as tl.Updates).updates[0]).toMatchObject({
      message: { _: 'messageService', action: { _: 'messageActionChatCreate', title: 'G' } },
    });
    const peer = new tl.InputPeerChat({ chatId });
    const sent = (await annDevice.send(peer, 'all')) as tl.Updates;
    expect(sent.updates.map((one) => one._)).toEqual(['updateMessageID', 'updateNewMessage']);
    expect(bobDevice.updates.at(-1)).toMatchObject({
      _: 'updateShortChatMessage',
      chatId,
      fromId: ann.id,
      message: 'all',
    });
  });

  it('let members in and out', async () => {
    const chatId = await create();
    const peer = new tl.InputPeerChat({ chatId });
    expect(await refusal(bobDevice.send(peer, 'x'))).toBe('400 CHAT_ID_INVALID');
    const userId = annDevice.input(bob);
    const add = new messages.AddChatUserRequest({ chatId, userId, fwdLimit: 0 });
    await annDevice.call(add);
    expect(await refusal(annDevice.call(add))).toBe('400 USER_ALREADY_PARTICIPANT');
    await bobDevice.send(peer, 'hi');
    const full = await bobDevice.call(new messages.GetFullChatRequest({ chatId }));
    expect(full.fullChat).toMatchObject({
      participants: { participants: [{}, { userId: bob.id }] },
    });
    const remove = (device: Device, user: User) =>
      device.call(new messages.DeleteChatUserRequest({ chatId, userId: device.input(user) }));
    expect(await refusal(remove(bobDevice, ann))).toBe('400 CHAT_ADMIN_REQUIRED');
    await remove(annDevice, bob);
    expect((bobDevice.updates.at(-1) as tl.Updates).updates[0]).toMatchObject({
      message: { action: { _: 'messageActionChatDeleteUser', userId: bob.id } },
    });
    expect(await refusal(bobDevice.send(peer, 'x'))).toBe('400 CHAT_WRITE_FORBIDDEN');
    const [left] = (await bobDevice.call(new messages.GetChatsRequest({ id: [chatId] }))).chats;
    expect(left).toMatchObject({ left: true, participantsCount: 1 });
  });
});
