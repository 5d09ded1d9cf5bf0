import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { Random, RUNS, seedFor } from '../../support/random.js';
import { settles } from '../files/fast-person.js';
import { Storm } from './storm-cuts.js';
import { heapUsed } from './storm-heap.js';
import { closesCleanly, stage, type Stage } from './storm-stage.js';

const CUTS = 500 * RUNS;
/** Bytes that the data center, in this same process, may keep of each update, and the view of it. */
const KEPT = 4096;

/** Texts of own messages at the server. */
function ownTexts({ dc, me, supergroup }: Stage): string[] {
  const all = [...dc.updates.history(me), ...dc.updates.channelHistory(supergroup)];
  return all.flatMap(({ update }) => {
    const message = 'message' in update ? update.message : undefined;
    const isOwn = message instanceof base.Message && message.message.startsWith('own ');
    return isOwn ? [message.message] : [];
  });
}

describe('a connection that is cut again and again', () => {
  it(`loses nothing and doubles nothing in ${CUTS} cuts`, async () => {
    const at = await stage({}, { keeps: false, seed: 1 });
    const { one, dc, view } = at;
    const storm = new Storm(at, new Random(seedFor('storm', 0)));
    const early = { heap: 0, size: 0 };
    for (let cut = 0; cut < CUTS; cut++) {
      await storm.cut();
      if (cut === Math.floor(CUTS / 5)) Object.assign(early, { heap: heapUsed(), size: view.size });
    }
    const grown = heapUsed() - early.heap;
    const further = view.size - early.size;
    dc.faults.clear();
    await storm.end();
    await at.complete();

    expect(storm.cuts).toBe(CUTS);
    expect(one.connections.made).toBeGreaterThan(CUTS * 0.8);
    expect(storm.failed).toEqual([]);
    expect(one.lost).toEqual([]);
    const own = ownTexts(at);
    expect(new Set(own).size).toBe(own.length);
    expect(own).toEqual(expect.arrayContaining(storm.acknowledged));
    // Not more than one for each time that something may have been missed, whatever goes wrong with that one.
    const differences = one.calls.get('updates.getDifference') ?? 0;
    const ofChannels = one.calls.get('updates.getChannelDifference') ?? 0;
    expect(differences).toBeGreaterThan(0);
    expect(differences).toBeLessThan(1.5 * one.connections.made);
    expect(ofChannels).toBeLessThan(1.5 * one.connections.made);
    console.log(
      `${CUTS} cuts, ${storm.dropped} sessions dropped, ${one.connections.made} connections; ` +
        `${view.size} updates, ${own.length} own messages (${storm.uncertain.length} uncertain); ` +
        `${differences} differences, ${ofChannels} of channels; heap: ${grown >> 10} KiB more`,
    );
    expect(grown).toBeLessThan(KEPT * further);
    await closesCleanly(at);
    await dc.close();
  });

  it('closes in the middle of it, within its time', async () => {
    const at = await stage({}, { seed: 2 });
    const { one, dc } = at;
    const storm = new Storm(at, new Random(seedFor('storm', 1)));
    for (let cut = 0; cut < 10; cut++) await storm.cut();
    const over = new AbortController();
    const went = (async () => {
      while (!over.signal.aborted) await storm.cut(() => over.signal.aborted);
    })();
    const began = one.clock.now().steady;
    await settles('close()', one.client.close({ timeout: 5_000 }));
    const took = one.clock.now().steady - began;
    over.abort();
    await went;
    // Two seconds for a busy machine; time runs ten times as fast.
    expect(took).toBeLessThan(5_000 + 20_000);
    expect(one.clock.pending).toBe(0);
    expect(one.errors).toEqual([]);
    await storm.end();
    expect(at.view.doubled).toEqual([]);
    await dc.close();
  });

  it('closes while it cannot connect, within its time, although a handler hangs', async () => {
    const at = await stage({}, { seed: 3 });
    const { one, dc, friend, me } = at;
    let began = (): void => undefined;
    const hangs = new Promise<void>((resolve) => (began = resolve));
    one.client.on('update', async ({ text }) => {
      if (text !== 'hangs') return;
      began();
      await new Promise(() => undefined);
    });
    dc.send(friend, me, 'hangs');
    await hangs;
    dc.faults.add({ kind: 'cut', on: 'incoming', when: 'before' });
    dc.faults.add({ kind: 'cut', on: 'outgoing', when: 'before' });
    for (let n = 0; n < 20; n++) dc.send(friend, me, `unheard ${n}`);
    const from = one.clock.now().steady;
    await settles('close()', one.client.close({ timeout: 1_000 }));
    const took = one.clock.now().steady - from;
    expect(took).toBeGreaterThanOrEqual(1_000);
    expect(took).toBeLessThan(1_000 + 20_000);
    expect(one.clock.pending).toBe(0);
    await dc.close();
  });
});
