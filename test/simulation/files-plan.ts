import { Random } from '../support/random.js';

const KIB = 1024;

/** Where a file is that is downloaded. */
export const PLACES = ['home', 'other', 'cdn', 'cdn of other', 'encrypted'] as const;
export const SOURCES = [
  'bytes',
  'blob',
  'path',
  'stream',
  'node stream',
  'stream of known length',
] as const;
export const SINKS = ['bytes', 'chunks', 'some chunks', 'file', 'directory', 'stream'] as const;

export interface UploadPlan {
  readonly what: 'upload' | 'upload encrypted';
  readonly size: number;
  readonly source: (typeof SOURCES)[number];
  readonly resume: boolean;
}

export interface DownloadPlan {
  readonly what: 'download';
  readonly size: number;
  readonly place: (typeof PLACES)[number];
  readonly sink: (typeof SINKS)[number];
  /** Share of the size, both; null: all of it. */
  readonly range: readonly [start: number, end: number] | null;
}

export type TransferPlan = (UploadPlan | DownloadPlan) & {
  readonly parallel: number;
  /** Aborted when that share of it is done; null: not at all. */
  readonly abortAt: number | null;
};

/** What may happen to requests for parts, and how often in one run. */
export interface Mishaps {
  /** For each request, in a hundred. */
  readonly chance: number;
  readonly most: Readonly<Record<Mishap, number>>;
}

export const MISHAPS = [
  'error',
  'wait',
  'short',
  'false',
  'expire',
  'move',
  'token',
  'copy',
  'flip',
] as const;
export type Mishap = (typeof MISHAPS)[number];

export const PACKETS = ['cut', 'lost', 'answer lost', 'twice', 'late', 'salt'] as const;

export interface RunPlan {
  readonly seed: number;
  readonly pfs: boolean;
  readonly connections: number;
  readonly transfers: readonly TransferPlan[];
  readonly mishaps: Mishaps;
  /** What happens to packets: the kind, and which of them. */
  readonly packets: readonly { readonly kind: (typeof PACKETS)[number]; readonly skip: number }[];
  /** Milliseconds after which the client is closed; null: when all is done. */
  readonly closeAfter: number | null;
  /** More goes wrong than can be mended: transfers may fail, but have to say so. */
  readonly hostile: boolean;
}

function sizeOf(random: Random): number {
  if (random.chance(2)) return 10 * 1024 * KIB + random.below(700 * KIB);
  const around = random.pick([1, 16, 4 * KIB, 128 * KIB, 512 * KIB, 1024 * KIB, 1536 * KIB]);
  return Math.max(
    1,
    around + random.below(35) - 17 + (random.chance(50) ? random.below(300 * KIB) : 0),
  );
}

function transferOf(random: Random): TransferPlan {
  const common = {
    size: sizeOf(random),
    parallel: 1 + random.below(6),
    abortAt: random.chance(12) ? random.below(100) / 100 : null,
  };
  if (random.chance(45)) {
    const what = random.chance(30) ? 'upload encrypted' : 'upload';
    return { ...common, what, source: random.pick(SOURCES), resume: random.chance(20) };
  }
  const [one, two] = [random.below(101) / 100, random.below(101) / 100];
  return {
    ...common,
    what: 'download',
    place: random.pick(PLACES),
    sink: random.pick(SINKS),
    range: random.chance(35) ? [Math.min(one, two), Math.max(one, two)] : null,
  };
}

/** What happens in the run of a seed. */
export function planOf(seed: number): RunPlan {
  const random = new Random(seed);
  const hostile = random.chance(15);
  // So often it is mended, if nothing else happens to the same part.
  const most: Record<Mishap, number> = {
    error: 2,
    wait: 2,
    short: 2,
    false: 2,
    expire: 2,
    move: 2,
    token: 2,
    copy: 2,
    flip: 1,
  };
  if (hostile) for (const name of MISHAPS) most[name] = random.chance(30) ? 1000 : 2;
  return {
    seed,
    hostile,
    pfs: random.chance(25),
    connections: 1 + random.below(3),
    transfers: Array.from({ length: 1 + random.below(4) }, () => transferOf(random)),
    mishaps: { chance: random.pick([0, 10, 30, 60]), most },
    packets: Array.from({ length: random.below(4) }, () => ({
      kind: random.pick(PACKETS),
      skip: random.below(12),
    })),
    closeAfter: random.chance(12) ? random.below(150) : null,
  };
}
