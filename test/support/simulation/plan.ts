import { Random } from '../random.js';

/** What may happen to packets: shares in tenths of a percent, times in milliseconds. */
export interface Weather {
  readonly latency: readonly [least: number, most: number];
  readonly lose: number;
  readonly repeat: number;
  readonly overtake: number;
  readonly cut: number;
}

/** Things that go wrong at moments of their own; how often during the storm. */
export interface Incidents {
  /** The client's wall clock is set to another time. */
  readonly wallJumps: number;
  /** The server's clock is. */
  readonly skewJumps: number;
  /** The client's host sleeps. */
  readonly sleeps: number;
  /** Nobody can connect for a while; open connections end. */
  readonly outages: number;
  /** A connection carries nothing any more, and nobody says so. */
  readonly holes: number;
  /** The server forgets the sessions. */
  readonly forgotten: number;
  /** The server forgets the key in use: a temporary one with PFS, else the permanent one. */
  readonly destroyedKeys: number;
  readonly badSalts: number;
  readonly badMessages: number;
  readonly transportErrors: number;
  readonly droppedAnswers: number;
  /** The faults that the server itself offers for packets. */
  readonly gateFaults: number;
}

/** Everything that a seed decides before the simulation begins. */
export interface Plan {
  readonly seed: number;
  /** Nothing goes wrong. */
  readonly calm: boolean;
  readonly carrier: 'stream' | 'polling' | 'both';
  /** Temporary keys; the permanent one is made at the start. */
  readonly pfs: boolean;
  /** The permanent key is made, not given. */
  readonly exchange: boolean;
  readonly tempKeyTtl: number;
  readonly saltLifetime: number;
  readonly disconnectDelay: number;
  readonly prefix: boolean;
  /** How long things go wrong, milliseconds. */
  readonly storm: number;
  readonly calls: number;
  readonly pushes: number;
  readonly weather: Weather;
  readonly incidents: Incidents;
  /** How wrong the client's wall clock is at the start, milliseconds. */
  readonly wrongAtStart: number;
}

export const FAIR: Weather = { latency: [5, 60], lose: 0, repeat: 0, overtake: 0, cut: 0 };

/** Every this many seeds one makes its keys. */
const EXCHANGES = 8;

/** Draws a plan. Each kind of trouble is there in some seeds only, so that each is met alone and with others. */
export function planOf(seed: number): Plan {
  const random = new Random(seed ^ 0x51a7);
  const calm = random.chance(6);
  const keys = random.below(EXCHANGES) === 0;
  const pfs = keys && random.chance(75);
  const some = (percent: number, most: number): number =>
    random.chance(calm ? 0 : percent) ? 1 + random.below(most) : 0;
  const least = 1 + random.below(150);
  const weather: Weather = {
    latency: [least, least + 1 + random.below(400)],
    lose: some(40, 120),
    repeat: some(40, 120),
    overtake: some(40, 200),
    cut: some(50, 40),
  };
  const drawn: Incidents = {
    wallJumps: some(25, 4),
    skewJumps: some(20, 3),
    sleeps: some(15, 2),
    outages: some(30, 3),
    holes: some(25, 3),
    forgotten: some(25, 3),
    destroyedKeys: keys ? some(40, 2) : 0,
    badSalts: some(25, 5),
    badMessages: some(30, 5),
    transportErrors: some(20, 2),
    droppedAnswers: some(25, 6),
    gateFaults: some(25, 4),
  };
  // What the server itself holds back must not come again when it has forgotten the first time.
  const incidents = { ...drawn, gateFaults: drawn.forgotten > 0 ? 0 : drawn.gateFaults };
  return {
    seed,
    calm,
    carrier: random.pick(['stream', 'stream', 'stream', 'polling', 'both']),
    pfs,
    exchange: keys && (!pfs || random.chance(50)),
    tempKeyTtl: random.pick([120, 300, 900, 86_400]),
    saltLifetime: random.pick([30, 60, 180, 3600]),
    disconnectDelay: random.pick([20, 35, 75]),
    prefix: random.chance(60),
    storm: (60 + random.below(300)) * 1000,
    calls: 15 + random.below(45),
    pushes: random.below(20),
    weather,
    incidents,
    wrongAtStart: random.chance(calm ? 0 : 20) ? jump(random) : 0,
  };
}

/** Seconds to hours, forward or back, in milliseconds. */
export function jump(random: Random): number {
  const size = random.pick([20_000, 45_000, 200_000, 400_000, 7_200_000, 40_000_000]);
  return (random.chance(50) ? 1 : -1) * (size + random.below(size));
}
