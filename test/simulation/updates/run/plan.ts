import { Random } from '../../../support/random.js';
import type { ServerPlan } from '../model/server.js';
import type { Fate } from './driver.js';

/** Milliseconds in which things go wrong. */
export const CHAOS = 60_000;

/** What happens at random times. */
export const MISHAPS = ['cut', 'silence', 'session', 'die', 'stop', 'jump', 'save'] as const;
export type Mishap = (typeof MISHAPS)[number];

/** What happens in the run of a seed. Shares are out of a hundred. */
export interface Plan {
  readonly seed: number;
  readonly server: ServerPlan;
  readonly events: number;
  readonly lose: number;
  readonly double: number;
  readonly late: number;
  /** Of calls that fail. */
  readonly errors: number;
  /** Of answers to own requests that get lost. */
  readonly unanswered: number;
  /** Of pushes that leave out who is in them, or tell only a little. */
  readonly unknown: number;
  readonly mishaps: readonly (readonly [Mishap, at: number])[];
  readonly writes: ReadonlyMap<number, Fate>;
  readonly queueLimit: number;
  /** Longest a handler takes, milliseconds. */
  readonly handler: number;
  readonly journal: 'none' | 'well' | 'fails';
  readonly pollChannels: boolean;
  readonly bot: boolean;
  /** Whether handlers of a hub take the updates, or the model does. */
  readonly hub: boolean;
}

export function planOf(seed: number): Plan {
  const random = new Random(seed ^ 0x2545f491);
  const many = random.chance(15);
  const fates: Fate[] = ['dies-before', 'dies-after', 'fails'];
  const writes = new Map<number, Fate>();
  for (let i = random.below(4); i > 0; i--) writes.set(2 + random.below(25), random.pick(fates));
  return {
    seed,
    server: {
      channels: 1 + random.below(4),
      keeps: random.pick([5, 12, 30, 1000]),
      slice: random.pick([1, 3, 6, 100]),
    },
    events: many ? 80 + random.below(80) : 25 + random.below(40),
    lose: random.pick([0, 5, 20, 40]),
    double: random.pick([0, 10, 30]),
    late: random.pick([0, 20, 60]),
    errors: random.pick([0, 5, 20]),
    unanswered: random.pick([0, 20, 60]),
    unknown: random.pick([0, 0, 15]),
    mishaps: Array.from({ length: random.below(7) }, () => {
      return [random.pick(MISHAPS), random.below(CHAOS)] as const;
    }),
    writes,
    queueLimit: random.pick([2, 8, 30, 10_000]),
    handler: random.pick([0, 30, 300, 3000]),
    journal: random.pick(['none', 'well', 'well', 'fails']),
    pollChannels: random.chance(20),
    bot: random.chance(20),
    hub: random.chance(40),
  };
}
