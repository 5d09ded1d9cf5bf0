import { describe, expect, it } from 'vitest';
import { Random } from '../../../support/random.js';
import { Ledger } from '../../../../packages/runtime/src/updates/engine/ledger.js';
import { Sequence } from '../../../../packages/runtime/src/updates/engine/sequence.js';

const at = (position: number, limit = 100): Sequence<string> => {
  const sequence = new Sequence<string>(limit);
  sequence.position = position;
  return sequence;
};

/** Offers [pts, count] pairs one by one and says what came out. */
const run = (sequence: Sequence<string>, ...entries: [number, number][]): string[] =>
  entries.flatMap(([pts, count]) => {
    sequence.offer({ pts, count, value: `${pts}/${count}` });
    return sequence.drain(0).steps.map(({ value }) => value as string);
  });

describe('sequence of numbered updates', () => {
  it('takes what follows, drops what was taken', () => {
    const sequence = at(10);
    expect(run(sequence, [11, 1], [11, 1], [9, 1], [13, 2])).toEqual(['11/1', '13/2']);
    expect(sequence.position).toBe(13);
  });

  it('upd/gap-subtract: what waits is taken when the hole is filled, in its order', () => {
    const sequence = at(10);
    expect(run(sequence, [14, 1], [12, 1], [13, 1])).toEqual([]);
    expect(sequence.waiting).toBe(3);
    expect(run(sequence, [11, 1])).toEqual(['11/1', '12/1', '13/1', '14/1']);
    expect(sequence.since).toBeNull();
  });

  it('upd/gap-subtract: a hole filled in part leaves the rest of it', () => {
    const sequence = at(10);
    expect(run(sequence, [20, 1], [15, 1], [13, 3])).toEqual(['13/3']);
    expect([sequence.waiting, sequence.lowest]).toEqual([2, 14]);
  });

  it('upd/sum-of-counts: counts that make up the whole way complete it, however they are numbered', () => {
    const sequence = at(9);
    expect(run(sequence, [12, 1], [12, 2])).toEqual(['12/2', '12/1']);
    expect(sequence.position).toBe(12);
  });

  it('upd/sum-of-counts: a duplicate does not count twice', () => {
    const sequence = at(9);
    expect(run(sequence, [12, 1], [11, 1], [12, 1])).toEqual([]);
    expect(sequence.waiting).toBe(2);
  });

  it('an overlap is a conflict, offered or found when the gap closes', () => {
    expect(at(10).offer({ pts: 12, count: 3, value: '' })).toBe('conflict');
    const sequence = at(10);
    run(sequence, [14, 2]);
    sequence.position = 13;
    expect(sequence.drain(0)).toEqual({ steps: [], conflict: true });
  });

  it('upd/pts-zero: an update of count 0 waits for its pts and takes nothing', () => {
    const sequence = at(10);
    expect(run(sequence, [12, 0], [12, 0])).toEqual([]);
    expect(run(sequence, [12, 2])).toEqual(['12/2', '12/0', '12/0']);
    expect(sequence.position).toBe(12);
  });

  it('an update is kept where an own action of the same numbers waits without one', () => {
    const sequence = at(10);
    sequence.offer({ pts: 12, count: 1, value: null });
    expect(run(sequence, [12, 1], [11, 1])).toEqual(['11/1', '12/1']);
  });

  it('holds no more than it may', () => {
    const sequence = at(10, 2);
    run(sequence, [20, 1], [21, 1]);
    expect(sequence.offer({ pts: 22, count: 1, value: '' })).toBe('full');
    expect(sequence.waiting).toBe(2);
  });
});

describe('ledger', () => {
  it('lags behind until all before it is acknowledged', () => {
    const ledger = new Ledger(10);
    for (const id of [1, 2, 3]) {
      ledger.delivered(id);
      ledger.reached(10 + id);
    }
    ledger.acknowledge(2);
    expect(ledger.saved).toBe(10);
    ledger.acknowledge(1);
    expect(ledger.saved).toBe(12);
    ledger.reached(20);
    expect(ledger.saved).toBe(12);
    ledger.acknowledge(3);
    expect(ledger.saved).toBe(20);
    ledger.reached(21);
    expect(ledger.saved).toBe(21);
  });

  it('keeps nothing of what is done', () => {
    const ledger = new Ledger(0);
    for (let id = 1; id <= 100_000; id++) {
      ledger.delivered(id);
      ledger.reached(id);
      ledger.acknowledge(id);
      ledger.acknowledge(id - 1);
    }
    expect(ledger.saved).toBe(100_000);
    expect(ledger.size).toBeLessThan(200);
  });

  it('its size follows what is open, however much was done since', () => {
    const ledger = new Ledger(0);
    ledger.delivered(1);
    ledger.reached(1);
    const random = new Random(7);
    const open: number[] = [];
    for (let id = 2; id <= 20_000; id++) {
      ledger.delivered(id);
      ledger.reached(id);
      open.push(id);
      if (open.length < 10) continue;
      for (const one of open.splice(random.below(10), 1)) ledger.acknowledge(one);
      expect(ledger.size).toBeLessThan(25);
    }
    expect(ledger.saved).toBe(0);
    for (const one of open) ledger.acknowledge(one);
    expect([ledger.saved, ledger.size]).toEqual([0, 2]);
    ledger.acknowledge(1);
    expect([ledger.saved, ledger.isOpen, ledger.covers(20_000)]).toEqual([20_000, false, true]);
  });

  it('tells the same as one that keeps a line for each delivery', () => {
    const random = new Random(3);
    for (let run = 0; run < 40; run++) {
      const ledger = new Ledger(0);
      const lines: { id: number; open: boolean; mark: number | null }[] = [];
      const expected = () => {
        const end = lines.findIndex(({ open }) => open);
        const done = lines.slice(0, end < 0 ? lines.length : end);
        const last = done.findLast(({ mark }) => mark !== null);
        return [last?.mark ?? 0, last?.id ?? 0];
      };
      for (let id = 1; id <= 30; id++) {
        ledger.delivered(id);
        lines.push({ id, open: true, mark: null });
        for (let acts = random.below(4); acts > 0; acts--) {
          const line = lines[random.below(lines.length)];
          const last = lines.at(-1);
          if (line?.open && random.chance(80)) {
            ledger.acknowledge(line.id);
            line.open = false;
          } else if (last?.open) {
            ledger.reached(id * 10);
            last.mark = id * 10;
          }
        }
        const [saved, covered] = expected();
        expect(ledger.saved).toBe(saved);
        for (let one = 1; one <= id; one++) expect(ledger.covers(one)).toBe(one <= Number(covered));
      }
    }
  });
});
