import type { Random } from './random.js';

const INTS = [0, 1, -1, 2, 127, 128, 255, 256, 65535, 65536, 2 ** 31 - 1, -(2 ** 31)];
const NATS = [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
const DOUBLES = [
  0,
  -0,
  1,
  -1,
  0.1,
  Math.PI,
  5e-324,
  Number.MAX_VALUE,
  2 ** 53,
  NaN,
  Infinity,
  -Infinity,
];
const LONGS = [
  0n,
  1n,
  -1n,
  255n,
  2n ** 31n,
  2n ** 32n,
  -(2n ** 32n),
  2n ** 53n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
/** Around every boundary of the wire format and of the reader's ladder. */
const LENGTHS = [
  0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 20, 31, 32, 33, 252, 253, 254, 255, 256, 257,
];
const SAMPLES = [
  'é',
  'naïve café',
  'Привет, мир',
  '日本語テキスト',
  '😀',
  'a😀b',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '\u0000',
  '\ufeffbom',
  '\ufffd',
  '\u07ff\u0800\uffff\u{10000}\u{10ffff}',
];

export function randomInt(random: Random): number {
  return random.chance(60) ? random.pick(INTS) : random.next() | 0;
}

export function randomNat(random: Random): number {
  return random.chance(60) ? random.pick(NATS) : random.next();
}

export function randomLong(random: Random): bigint {
  if (random.chance(50)) return random.pick(LONGS);
  return BigInt.asIntN(64, (BigInt(random.next()) << 32n) | BigInt(random.next()));
}

/** A long that a double holds exactly, and that mtcute's `int53` gets right: it errs on negative multiples of 2^32. */
export function randomInt53(random: Random): bigint {
  const value = (BigInt(random.below(2 ** 21)) << 32n) | BigInt(random.next());
  if (random.chance(50)) return random.pick([0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n - 1n, -1n]);
  return random.chance(30) && value % 2n ** 32n !== 0n ? -value : value;
}

export function randomDouble(random: Random): number {
  return random.chance(50) ? random.pick(DOUBLES) : (random.next() / 2 ** 32 - 0.5) * 1e6;
}

function randomLength(random: Random): number {
  if (random.chance(1)) return 60_000 + random.below(10_000);
  return random.chance(40) ? random.pick(LENGTHS) : random.below(21);
}

export function randomText(random: Random): string {
  const length = randomLength(random);
  if (random.chance(25)) {
    const sample = random.pick(SAMPLES);
    return length > 1000 ? sample.repeat(3000) : sample.repeat(1 + random.below(30));
  }
  const ascii = Array.from({ length: Math.min(length, 64) }, () =>
    String.fromCharCode(random.below(128)),
  );
  const text = ascii
    .join('')
    .repeat(Math.ceil(length / 64))
    .slice(0, length);
  // One character at the end that is not ASCII: the last byte decides which way the text takes.
  return random.chance(10) ? `${text}é` : text;
}

export function randomBytes(random: Random): Uint8Array {
  return random.bytes(randomLength(random));
}
