import { describe, expect, it } from 'vitest';
import { Random } from '../../support/random.js';
import { until } from '../people.js';
import { closesCleanly, stage } from './storm-stage.js';

/** Seconds; time runs ten times as fast. */
const POLL = 3;

describe('a server that stops pushing', () => {
  it('is found out: updates come all the same, it is told, and the connection is renewed', async () => {
    const at = await stage({ updates: { pollInterval: POLL } });
    const { dc, me, friend, one, view } = at;
    const { made } = one.connections;
    dc.updates.silence(me);
    const random = new Random(1);
    const before = view.size;
    for (let n = 0; n < 20; n++) at.talk(random);
    await until(() => one.silences.length > 0);
    const sources = new Set(view.events.slice(before).map(({ from }) => from));
    expect([...sources]).toEqual(['difference']);
    expect(one.silences).toEqual([20]);
    await until(() => one.connections.made > made);
    // The new connection is one that is pushed to.
    dc.updates.resume(me);
    dc.send(friend, me, 'loud');
    await until(() => view.events.at(-1)?.text === 'loud');
    await at.complete();
    expect(view.doubled).toEqual([]);
    await closesCleanly(at);
    await dc.close();
  });

  it('goes on being asked while it stays silent, each time at the end of the interval', async () => {
    const at = await stage({ updates: { pollInterval: POLL } });
    const { dc, me, one } = at;
    dc.updates.silence(me);
    for (let round = 1; round <= 3; round++) {
      const { made } = one.connections;
      one.calls.clear();
      at.talk(new Random(round));
      at.talk(new Random(round));
      await until(() => one.silences.length === round);
      // The new connection and its session are asked about, each once at most; what happened before would come by that.
      await until(() => one.connections.made > made);
      await until(() => (one.calls.get('updates.getDifference') ?? 0) >= 4);
    }
    expect(one.silences).toEqual([2, 2, 2]);
    await at.complete();
    await closesCleanly(at);
    await dc.close();
  });

  it('is not suspected when nothing happened, nor when pollInterval is 0', async () => {
    const quiet = await stage({ updates: { pollInterval: 1 } });
    const { made } = quiet.one.connections;
    await until(() => (quiet.one.calls.get('updates.getDifference') ?? 0) >= 3);
    expect(quiet.one.silences).toEqual([]);
    expect(quiet.one.connections.made).toBe(made);
    await closesCleanly(quiet);
    await quiet.dc.close();

    const never = await stage({ updates: { pollInterval: 0 } });
    never.dc.updates.silence(never.me);
    never.talk(new Random(1));
    const from = never.one.clock.now().steady;
    await until(() => never.one.clock.now().steady > from + 5_000);
    expect(never.one.calls.get('updates.getDifference')).toBeUndefined();
    expect(never.one.silences).toEqual([]);
    await closesCleanly(never);
    await never.dc.close();
  });
});
