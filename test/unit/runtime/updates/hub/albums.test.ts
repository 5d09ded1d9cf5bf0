import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { all, Bench, countedSignal, gate, said, settled, typing, wholeAlbums } from './kit.js';

const photo = (text: string, groupedId = 1n, chat = 100n): base.UpdateNewMessage =>
  said({ text, groupedId, chat });

/** Notes each event, and with it the texts of its album. */
function albums(bench: Bench): string[] {
  const heard: string[] = [];
  bench.hub.on(wholeAlbums, () => undefined);
  bench.hub.on(all, ({ text, album }) => {
    heard.push(album ? `${text} of ${album.map((one) => one.message).join()}` : text);
  });
  return heard;
}

describe('albums', () => {
  it('are gathered until another update of the chat comes', () => {
    const bench = new Bench();
    const heard = albums(bench);
    bench.deliver(photo('a'), photo('b'), photo('c'));
    expect(heard).toEqual([]);
    bench.deliver(said('d'));
    expect(heard).toEqual(['a of a,b,c', 'b', 'c', 'd']);
    expect(bench.done).toEqual([1, 1, 1, 1]);
    expect([bench.clock.pending, bench.lanes]).toEqual([0, 0]);
  });

  it('are gathered until another album begins', async () => {
    const bench = new Bench();
    const heard = albums(bench);
    bench.deliver(photo('a', 1n), photo('b', 2n), photo('c', 2n));
    expect(heard).toEqual(['a of a']);
    await bench.clock.pass(500);
    expect(heard).toEqual(['a of a', 'b of b,c', 'c']);
  });

  it('are gathered until there are 10', () => {
    const bench = new Bench();
    const heard = albums(bench);
    for (let i = 0; i < 11; i++) bench.deliver(photo(`${i}`));
    expect(heard).toHaveLength(10);
    expect(heard[0]).toBe('0 of 0,1,2,3,4,5,6,7,8,9');
    expect(bench.clock.pending).toBe(1);
  });

  it('are gathered for 500 ms', async () => {
    const bench = new Bench();
    const heard = albums(bench);
    bench.deliver(photo('a'));
    await bench.clock.pass(499);
    bench.deliver(photo('b'));
    expect(heard).toEqual([]);
    await bench.clock.pass(1);
    expect(heard).toEqual(['a of a,b', 'b']);
    expect([bench.clock.pending, bench.lanes]).toEqual([0, 0]);
  });

  it('of different chats and channels don’t wait for each other', () => {
    const bench = new Bench();
    const heard = albums(bench);
    const inChannel = new base.UpdateNewChannelMessage({
      message: new base.Message({
        id: 1,
        peerId: new base.PeerChannel({ channelId: 4n }),
        date: 1,
        message: 'post',
        groupedId: 1n,
      }),
      pts: 1,
      ptsCount: 1,
    });
    bench.deliver(photo('a'), photo('b', 1n, -5n), inChannel, said({ chat: -5n, text: 'c' }));
    expect(heard).toEqual(['b of b', 'c']);
    expect(bench.clock.pending).toBe(2);
  });

  it('are not gathered of edited messages, or while nobody wants them', () => {
    const bench = new Bench();
    const heard: string[] = [];
    bench.hub.on(all, ({ update, album }) => void heard.push(`${update._} ${album !== null}`));
    bench.deliver(photo('a'));
    const off = bench.hub.on(wholeAlbums, () => undefined);
    const { message } = photo('b');
    bench.deliver(new base.UpdateEditMessage({ message, pts: 1, ptsCount: 1 }));
    off();
    bench.deliver(photo('c'));
    expect(heard).toEqual([
      'updateNewMessage false',
      'updateEditMessage false',
      'updateNewMessage false',
    ]);
    expect(bench.clock.pending).toBe(0);
  });

  it('go on being gathered when nobody wants them any more', async () => {
    const bench = new Bench();
    const heard = bench.listen();
    const off = bench.hub.on(wholeAlbums, () => undefined);
    bench.deliver(photo('a'));
    off();
    bench.deliver(photo('b'));
    expect(heard).toEqual([]);
    await bench.clock.pass(500);
    expect(heard).toEqual(['a', 'b']);
  });

  it('wait behind a busy handler, each in its place', async () => {
    const bench = new Bench();
    const busy = gate();
    const heard: string[] = [];
    bench.hub.on(
      wholeAlbums,
      ({ album }) => void heard.push(album.map((one) => one.message).join()),
    );
    bench.hub.on(all, ({ text }) => {
      heard.push(text);
      return text === 'first' ? busy.promise : undefined;
    });
    bench.deliver(said('first'), photo('a'), photo('b'), said('then'));
    await bench.clock.pass(1000);
    expect(heard).toEqual(['first']);
    busy.open();
    await settled();
    expect(heard).toEqual(['first', 'a,b', 'a', 'b', 'then']);
  });

  it('are seen whole by who waits for one', async () => {
    const bench = new Bench();
    const conversation = bench.hub.conversation(100n);
    const { signal, listeners } = countedSignal();
    const waiting = conversation.waitFor(wholeAlbums, { signal });
    bench.deliver(photo('a'), photo('b'));
    await bench.clock.pass(500);
    expect((await waiting).album.map((one) => one.message)).toEqual(['a', 'b']);
    expect(listeners()).toBe(0);
    conversation.close();
    expect(bench.done).toEqual([1, 1]);
  });

  it('are not parted by somebody who types', async () => {
    const bench = new Bench();
    const heard = albums(bench);
    bench.deliver(photo('a'), typing(), photo('b'));
    expect(heard).toEqual(['']);
    await bench.clock.pass(500);
    expect(heard).toEqual(['', 'a of a,b', 'b']);
  });

  it('are over at once when handlers have to come to an end', async () => {
    const bench = new Bench();
    const heard = albums(bench);
    bench.deliver(photo('a'), photo('b'));
    expect(await bench.hub.drain(1000)).toBe(true);
    expect(heard).toEqual(['a of a,b', 'b']);
    expect(bench.clock.pending).toBe(0);
  });

  it('leave no timer when the client is closed', () => {
    const bench = new Bench();
    const heard = albums(bench);
    bench.deliver(photo('a'));
    bench.hub.close();
    expect([heard, bench.done, bench.clock.pending]).toEqual([[], [0], 0]);
  });
});
