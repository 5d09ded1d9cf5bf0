import * as tl from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { ListServer } from './list-server.js';

describe('info', () => {
  const server = new ListServer((request) => {
    throw new TypeError(request._);
  });

  it('tells of a user', async () => {
    const user = server.add('user', 7n, { usernames: ['ada', 'countess'], name: 'Ada Lovelace' });
    expect(await server.peers.info(user)).toEqual({
      type: 'user',
      id: 7n,
      markedId: 7n,
      name: 'Ada Lovelace',
      usernames: ['ada', 'countess'],
      self: false,
      peer: new tl.PeerUser({ userId: 7n }),
      inputPeer: new tl.InputPeerUser({ userId: 7n, accessHash: 7n }),
      inputUser: new tl.InputUser({ userId: 7n, accessHash: 7n }),
    });
  });

  it('tells bots from people, and who is signed in', async () => {
    expect(await server.peers.info(server.add('user', 8n, { bot: true }))).toMatchObject({
      type: 'bot',
      self: false,
    });
    expect(await server.peers.info(server.add('user', 1n))).toMatchObject({ self: true });
  });

  it('tells of a basic group', async () => {
    expect(await server.peers.info(server.add('chat', 3n, { name: 'Us' }))).toEqual({
      type: 'group',
      id: 3n,
      markedId: -3n,
      name: 'Us',
      peer: new tl.PeerChat({ chatId: 3n }),
      inputPeer: new tl.InputPeerChat({ chatId: 3n }),
    });
  });

  it.each([
    [true, 'supergroup'],
    [false, 'channel'],
  ] as const)('tells of a channel (megagroup: %s)', async (megagroup, type) => {
    const channel = server.add('channel', 4n, { megagroup, usernames: ['news'] });
    expect(await server.peers.info(channel)).toEqual({
      type,
      id: 4n,
      markedId: -1_000_000_000_004n,
      name: 'channel 4',
      usernames: ['news'],
      peer: new tl.PeerChannel({ channelId: 4n }),
      inputPeer: new tl.InputPeerChannel({ channelId: 4n, accessHash: 4n }),
      inputChannel: new tl.InputChannel({ channelId: 4n, accessHash: 4n }),
    });
  });

  it('gives the input forms alone', async () => {
    const user = server.add('user', 7n);
    const channel = server.add('channel', 4n);
    const inputPeer = new tl.InputPeerUser({ userId: 7n, accessHash: 7n });
    expect(await server.peers.resolve(user)).toEqual(inputPeer);
    expect(await server.peers.inputPeer(user)).toEqual(inputPeer);
    expect(await server.peers.inputUser(user)).toBeInstanceOf(tl.InputUser);
    expect(await server.peers.inputChannel(channel)).toBeInstanceOf(tl.InputChannel);
  });

  it('writes down what was seen', async () => {
    await server.peers.save();
    expect(server.flushes).toBe(1);
  });

  it('rejects when nobody knows the peer', async () => {
    await expect(server.peers.info(99n)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
  });
});
