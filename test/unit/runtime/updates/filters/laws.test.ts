import { describe, expect, it } from 'vitest';
import { filters, type Filter } from '../../../../../packages/runtime/src/updates/filters/index.js';
import { Random, RUNS, seedFor } from '../../../../support/random.js';
import { eventOf, randomUpdate, UPDATE_NAMES } from '../event/kit.js';
import { EVERY } from './kit.js';

const every = Object.values(EVERY);
const all = UPDATE_NAMES.flatMap((name) => [0, 1].map((run) => eventOf(randomUpdate(name, run))));
const messages = UPDATE_NAMES.filter((name) =>
  /^update(?:New|Edit)(?:Channel)?Message$/.test(name),
);
const events = [
  ...all,
  ...messages.flatMap((name) =>
    Array.from({ length: 40 }, (_, run) => eventOf(randomUpdate(name, run + 2))),
  ),
];
const random = new Random(seedFor('filters', 0));

/** Random filters, up to three levels of and, or, not. */
function anyFilter(depth = 3): Filter {
  if (depth === 0 || random.chance(30)) return random.pick(every);
  const [a, b] = [anyFilter(depth - 1), anyFilter(depth - 1)];
  return random.pick([() => a.and(b), () => a.or(b), () => a.not()])();
}

/** Both let the same events pass. */
const same = (a: Filter, b: Filter): void => {
  expect(a.albums).toBe(b.albums);
  const differ = events.filter((event) => (a.match(event) === null) !== (b.match(event) === null));
  expect(differ).toEqual([]);
};

/** As `same`, and what they find is the same too. */
const exactlySame = (a: Filter, b: Filter): void => {
  const differ = events.filter((event) => !equal(a.match(event), b.match(event)));
  expect(differ).toEqual([]);
};

function equal(a: object | null, b: object | null): boolean {
  if (a === null || b === null) return a === b;
  const others = new Map(Object.entries(b));
  const own = Object.entries(a);
  return own.length === others.size && own.every(([name, one]) => sameValue(one, others.get(name)));
}

/** Found anew each time: matches, ids, commands. */
const sameValue = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (Array.isArray(a) && Array.isArray(b) && String(a) === String(b));

/** Without the cost of `expect`: this is asked ten thousands of times. */
function expectObject(value: unknown): void {
  if (typeof value !== 'object') expect.unreachable(String(value));
}

describe('all filters', () => {
  it('are all tried here', () => {
    const makers = ['and', 'or', 'not'];
    expect(
      Object.keys(filters)
        .filter((name) => !makers.includes(name))
        .sort(),
    ).toEqual(Object.keys(EVERY).sort());
  });

  it('never throw, whatever update it is, and change nothing', () => {
    const wrong = events.filter((event) => {
      const before = Object.keys(event).length;
      const fine = every.every((filter) => typeof filter.match(event) === 'object');
      return !fine || Object.keys(event).length !== before;
    });
    expect(wrong).toEqual([]);
  });

  it('are not all blind to random updates', () => {
    const seeing = every.filter((one) => events.some((event) => one.match(event)));
    expect(seeing.length).toBeGreaterThan(30);
  });

  it('survive what no schema allows', () => {
    const names = ['updateNewMessage', 'updateEditMessage', ...UPDATE_NAMES, 'updateOfTomorrow'];
    for (const name of new Set(names)) {
      const odd = [
        { _: name },
        { _: name, message: { _: 'message' } },
        { _: name, message: { _: 'messageService' } },
        { _: name, message: { _: 'messageOfTomorrow', peerId: { _: 'peerOfTomorrow' } } },
        { _: name, message: { _: 'message', media: { _: 'messageMediaDocument' }, message: '/' } },
      ];
      for (const one of odd) {
        for (const filter of every) expectObject(filter.match(eventOf(one as never)));
      }
    }
  });
});

describe('composition', () => {
  it('not(not(a)) passes what a passes', () => {
    for (const one of every) same(filters.not(filters.not(one)), one);
  });

  it('and, or are associative, also in what they find', () => {
    for (let run = 0; run < 40 * RUNS; run++) {
      const [a, b, c] = [anyFilter(), anyFilter(), anyFilter()];
      exactlySame(a.and(b).and(c), a.and(b.and(c)));
      exactlySame(filters.and(a, b, c), a.and(b).and(c));
      exactlySame(a.or(b).or(c), a.or(b.or(c)));
      exactlySame(filters.or(a, b, c), a.or(b).or(c));
    }
  });

  it('follows De Morgan, and and distributes over or', () => {
    for (let run = 0; run < 30 * RUNS; run++) {
      const [a, b, c] = [anyFilter(), anyFilter(), anyFilter()];
      same(a.and(b).not(), a.not().or(b.not()));
      same(a.or(b).not(), a.not().and(b.not()));
      same(a.and(b.or(c)), a.and(b).or(a.and(c)));
    }
  });

  it('of nothing is everything, or nothing', () => {
    same(filters.and(), filters.all);
    same(filters.or(), filters.all.not());
    same(filters.and(filters.photo), filters.photo);
    same(filters.or(filters.photo), filters.photo);
  });

  it('does not ask the second when the first decides', () => {
    let asked = 0;
    const asks = filters.where(() => {
      asked++;
      return true;
    });
    const event = events[0]!;
    filters.all.not().and(asks).match(event);
    filters.all.or(asks).match(event);
    expect(asked).toBe(0);
  });

  it('wants albums when a part of it does', () => {
    expect(filters.album.albums).toBe(true);
    expect(filters.photo.albums).toBe(false);
    const composed = [
      filters.photo.and(filters.album),
      filters.album.or(filters.photo),
      filters.album.not(),
      filters.album.where(() => true),
      filters.editedTo(filters.album),
      filters.and(filters.photo, filters.video, filters.album),
    ];
    for (const one of composed) expect(one.albums).toBe(true);
    expect(filters.photo.and(filters.private).or(filters.video.not()).albums).toBe(false);
  });
});
