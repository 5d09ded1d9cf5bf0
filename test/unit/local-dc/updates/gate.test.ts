import * as tl from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { Scheduler } from '../../../../packages/local-dc/src/protocol/scheduler.js';
import { PushGate } from '../../../../packages/local-dc/src/pushes/gate.js';
import type { Push } from '../../../../packages/local-dc/src/pushes/types.js';

const scheduler = new Scheduler();
let now: number;
let draws: number[];
let sent: string[];
let lost: string[];
let gate: PushGate;

const nameOf = ({ updates }: Push): string => (updates as unknown as { name: string }).name;
const push = (name: string, fields: Partial<Push> = {}): void =>
  gate.pass({ userId: 1n, keyId: 10n, about: [], updates: { name } as never, ...fields });
const pass = (ms: number): void => {
  now += ms;
  while (scheduler.runNext(now));
};

beforeEach(() => {
  scheduler.clear();
  [now, draws, sent, lost] = [0, [], [], []];
  gate = new PushGate({
    random: () => draws.shift() ?? 0,
    after: (ms, run) => scheduler.schedule(now + ms, run),
    deliver: (one) => void sent.push(nameOf(one)),
    lost: (one) => void lost.push(nameOf(one)),
  });
});

describe('what happens to pushes', () => {
  it('nothing, if nobody says so', () => {
    for (const name of ['a', 'b']) push(name);
    expect([sent, lost]).toEqual([['a', 'b'], []]);
  });

  it('they are lost: so often, for one user, about one channel, of one kind, by chance', () => {
    const twice = gate.add('lose', { times: 2 });
    for (const name of ['a', 'b', 'c']) push(name);
    expect([sent, lost, twice.count]).toEqual([['c'], ['a', 'b'], 2]);
    twice.stop();
    gate.add('lose', { user: { id: 2n } });
    push('to another', { userId: 2n });
    push('to this one');
    gate.add('lose', { channel: 7n });
    const read = new tl.UpdateReadChannelOutbox({ channelId: 7n, maxId: 1 });
    push('of the channel', { about: [read] });
    push('of another', { about: [new tl.UpdateReadChannelOutbox({ channelId: 8n, maxId: 1 })] });
    gate.add('lose', { filter: (one) => one._ === 'updateConfig' });
    push('config', { about: [read, new tl.UpdateConfig()].slice(1) });
    expect(sent.slice(1)).toEqual(['to this one', 'of another']);
    expect(lost.slice(2)).toEqual(['to another', 'of the channel', 'config']);
    gate.clear();
    const lucky = gate.add('lose', { probability: 0.5 });
    draws = [0.4, 0.5, 0.6, 0.1];
    for (const name of ['1', '2', '3', '4']) push(name);
    expect(sent.slice(3)).toEqual(['2', '3']);
    lucky.stop();
    push('5');
    expect([sent.at(-1), lucky.count]).toEqual(['5', 2]);
  });

  it('they come several times', () => {
    const doubled = gate.add('duplicate', { times: 1 });
    for (const name of ['a', 'b']) push(name);
    gate.add('duplicate', { copies: 2 });
    push('c');
    expect(sent).toEqual(['a', 'a', 'b', 'c', 'c', 'c']);
    expect(doubled.count).toBe(1);
  });

  it('they come late, by a time out of a range', () => {
    gate.add('delay', { ms: [100, 200], times: 2 });
    draws = [0.5, 0];
    for (const name of ['a', 'b', 'c']) push(name);
    expect(sent).toEqual(['c']);
    pass(100);
    expect(sent).toEqual(['c', 'b']);
    pass(50);
    expect(sent).toEqual(['c', 'b', 'a']);
  });

  it('others overtake them: the next one, or as many as wanted, of the same sign-in', () => {
    gate.add('reorder', { times: 1 });
    for (const name of ['a', 'b', 'c']) push(name);
    expect(sent).toEqual(['b', 'a', 'c']);
    gate.add('reorder', { times: 1, pushes: 2 });
    push('d');
    push('elsewhere', { keyId: 11n });
    for (const name of ['e', 'f', 'g']) push(name);
    expect(sent.slice(3)).toEqual(['elsewhere', 'e', 'f', 'd', 'g']);
  });

  it('every second one overtakes the one before, when nothing ends it', () => {
    const swapped = gate.add('reorder', {});
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) push(name);
    expect([sent.splice(0), swapped.count]).toEqual([['b', 'a', 'd', 'c', 'f', 'e'], 3]);
    swapped.stop();
    gate.add('reorder', { pushes: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) push(name);
    expect(sent).toEqual(['b', 'c', 'a', 'e', 'f', 'd']);
  });

  it('a number of pushes never stops all of them', () => {
    const one = gate.add('reorder', { pushes: 1 });
    for (const name of ['a', 'b', 'c', 'd']) push(name);
    expect(sent.splice(0)).toEqual(['b', 'a', 'd', 'c']);
    one.stop();
    const late = gate.add('delay', { pushes: 2 });
    for (const name of ['a', 'b', 'c', 'd']) push(name);
    expect([sent.splice(0), late.count]).toEqual([['a', 'b'], 4]);
    push('elsewhere', { keyId: 11n });
    expect(sent).toEqual([]);
    late.stop();
    expect(sent.splice(0)).toEqual(['c', 'd', 'elsewhere']);
    // What overtakes may be late itself: it overtakes when it goes out.
    gate.add('reorder', { pushes: 1 });
    gate.add('delay', { ms: 5 });
    for (const name of ['a', 'b']) push(name);
    expect(sent).toEqual([]);
    pass(5);
    expect(sent).toEqual(['b', 'a']);
  });

  it('a copy of a push overtakes no other copy, and counts once for those before', () => {
    gate.add('duplicate', {});
    gate.add('reorder', { times: 1, pushes: 2 });
    for (const name of ['a', 'b', 'c']) push(name);
    expect(sent).toEqual(['a', 'b', 'b', 'c', 'a', 'c']);
  });

  it('nobody waits for ever, unless he says so; and stopping ends that wait', () => {
    gate.add('reorder', { times: 1 });
    push('a');
    pass(199);
    expect(sent).toEqual([]);
    pass(1);
    expect(sent).toEqual(['a']);
    const held = gate.add('delay', { pushes: 1, times: 1 });
    push('b');
    pass(1_000_000);
    expect(sent).toEqual(['a']);
    held.stop();
    held.stop();
    expect(sent).toEqual(['a', 'b']);
    const timed = gate.add('delay', { ms: 10 });
    push('c');
    timed.stop();
    expect(sent).toHaveLength(2);
    pass(10);
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('a copy of one that comes twice may come late', () => {
    gate.add('duplicate', {});
    gate.add('delay', { ms: 5, times: 1 });
    push('a');
    push('b');
    expect(sent).toEqual(['a', 'b', 'b']);
    pass(5);
    expect(sent).toEqual(['a', 'b', 'b', 'a']);
  });

  it('silence loses all of one user, also what was held back', () => {
    gate.add('delay', { ms: 5, times: 1 });
    push('a');
    gate.silence(1n);
    push('b');
    push('c', { userId: 2n });
    pass(5);
    expect([sent, lost]).toEqual([['c'], ['b', 'a']]);
    expect([gate.resume(1n), gate.resume(1n)]).toEqual([true, false]);
    push('d');
    expect(sent).toEqual(['c', 'd']);
  });

  it('refuses what cannot be', () => {
    const bad: [Parameters<PushGate['add']>[0], object, string][] = [
      ['lose', { probability: 2 }, 'probability of lose must be 0 … 1, not 2'],
      ['lose', { times: 0 }, 'times of lose'],
      ['lose', { copies: 2 }, 'lose takes no copies'],
      ['duplicate', { copies: 0 }, 'copies of duplicate'],
      ['delay', { ms: [5, 1] }, 'ms of delay'],
      ['reorder', { pushes: 0.5 }, 'pushes of reorder'],
      ['reorder', { user: 'ann' }, 'user of reorder'],
      ['lose', { filter: 1 }, 'filter of lose'],
      ['lose', { chance: 1 }, 'lose takes no chance'],
    ];
    for (const [kind, options, message] of bad)
      expect(() => gate.add(kind, options)).toThrow(message);
  });
});
