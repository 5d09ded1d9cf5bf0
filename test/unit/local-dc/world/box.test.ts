import * as tl from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { Box } from '../../../../packages/local-dc/src/world/box.js';
import { EncryptedQueue } from '../../../../packages/local-dc/src/world/encrypted-queue.js';
import { KeptUpdates } from '../../../../packages/local-dc/src/world/kept-updates.js';
import type { Letter, PeerKey } from '../../../../packages/local-dc/src/world/types.js';

const letter = (box: Box, peer: PeerKey, out = false, uid = 0): Letter => ({
  uid,
  peer,
  message: new tl.Message({
    id: box.nextId(),
    out,
    peerId: new tl.PeerUser({ userId: 1n }),
    date: 1,
    message: '',
  }),
});

describe('Box', () => {
  it('moves pts by the count of every event and finds what came after a value', () => {
    const box = new Box();
    expect(box.add(letter(box, 'user:1'))).toBe(2);
    box.note(3, (pts) => new tl.UpdateDeleteMessages({ messages: [7, 8, 9], pts, ptsCount: 3 }));
    expect(box.add(letter(box, 'user:1'))).toBe(6);
    expect(box.since(1).map(({ pts, count }) => [pts, count])).toEqual([
      [2, 1],
      [5, 3],
      [6, 1],
    ]);
    expect(box.since(2)).toHaveLength(2);
    expect(box.since(4)).toHaveLength(2);
    expect(box.since(5)).toHaveLength(1);
    expect(box.since(6)).toEqual([]);
    expect(box.since(2)[0]?.what).toMatchObject({ update: { pts: 5, ptsCount: 3 } });
  });

  it('orders messages and conversations, newest first', () => {
    const box = new Box();
    for (const peer of ['user:1', 'chat:2', 'user:1', 'user:3'] as const)
      box.add(letter(box, peer));
    expect(box.with('user:1').map(({ message }) => message.id)).toEqual([3, 1]);
    expect(box.peers()).toEqual(['user:3', 'user:1', 'chat:2']);
    expect(box.newestId).toBe(4);
  });

  it('counts what is unread: incoming messages above the mark', () => {
    const box = new Box();
    for (const out of [false, true, false]) box.add(letter(box, 'user:1', out));
    expect(box.unread('user:1')).toBe(2);
    box.marks('user:1').inbox = 1;
    expect(box.unread('user:1')).toBe(1);
    expect(box.unread('user:2')).toBe(0);
  });

  it('finds its copy of a message', () => {
    const box = new Box();
    box.add(letter(box, 'user:1', false, 11));
    box.add(letter(box, 'user:1', false, 12));
    expect(box.byUid(12)?.message.id).toBe(2);
    expect(box.byUid(13)).toBeUndefined();
  });
});

describe('Box, when messages change', () => {
  it('keeps its indexes in step', () => {
    const box = new Box();
    for (const uid of [11, 12, 13]) box.add(letter(box, 'user:1', false, uid));
    const second = box.letters.get(2) as Letter;
    const message = new tl.Message({ ...(second.message as tl.Message), message: 'edited' });
    box.replace({ ...second, message });
    const texts = () => box.with('user:1').map((one) => (one.message as tl.Message).message);
    expect(texts()).toEqual(['', 'edited', '']);
    expect(box.remove(3)).toBe(true);
    expect(box.remove(3)).toBe(false);
    expect(texts()).toEqual(['edited', '']);
    expect([box.byUid(13), box.byUid(12)?.message]).toEqual([undefined, message]);
    box.replace({ ...second, message: new tl.Message({ ...message, id: 3 }) });
    expect(box.letters.has(3)).toBe(false);
    for (const id of [1, 2]) box.remove(id);
    expect([box.knows('user:1'), box.peers(), box.newestId]).toEqual([false, [], 3]);
  });
});

describe('EncryptedQueue', () => {
  const secret = (randomId: bigint): tl.EncryptedMessageService =>
    new tl.EncryptedMessageService({ randomId, chatId: 1, date: 1, bytes: new Uint8Array() });

  it('numbers messages and forgets acknowledged ones once', () => {
    const queue = new EncryptedQueue();
    expect([5n, 6n, 7n].map((id) => queue.add(secret(id)))).toEqual([1, 2, 3]);
    expect(queue.since(1).map(({ qts }) => qts)).toEqual([2, 3]);
    expect(queue.acknowledge(2)).toEqual([5n, 6n]);
    expect(queue.acknowledge(2)).toEqual([]);
    expect(queue.since(0).map(({ qts }) => qts)).toEqual([3]);
    expect(queue.qts).toBe(3);
  });
});

describe('KeptUpdates', () => {
  it('keep the newest of each kind, in order of time', () => {
    const kept = new KeptUpdates();
    const typing = (chatId: number): tl.TypeUpdate => new tl.UpdateEncryptedChatTyping({ chatId });
    kept.keep('a', 1, typing(1));
    kept.keep('b', 2, typing(2));
    kept.keep('a', 3, typing(3));
    expect(kept.since(0)).toMatchObject([{ chatId: 2 }, { chatId: 3 }]);
    expect(kept.since(3)).toMatchObject([{ chatId: 3 }]);
    expect(kept.since(4)).toEqual([]);
  });
});
