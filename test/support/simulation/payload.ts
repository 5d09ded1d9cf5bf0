import { Random } from '../random.js';

const REQUEST = 0x5eed0001;
const RESULT = 0xabcd0001;
const UPDATE = 0xfeed0001;
const PREFIX = 0x5eed1111;

/** What the server does with a request. */
export const BEHAVIOURS = [
  'at once',
  'later',
  'fails',
  'fails later',
  'long',
  'repetitive',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** Stands for `invokeWithLayer(initConnection(`: four words before the query. */
export const prefix = (): Uint8Array => words(PREFIX, 1, 2, 3);

/** A request; its number makes it unique. */
export function requestBody(number: number, behaviour: Behaviour, filler: number): Uint8Array {
  return filled([REQUEST, number, BEHAVIOURS.indexOf(behaviour)], filler);
}

export function readRequest(body: Uint8Array): { number: number; behaviour: Behaviour } | null {
  if (body.length < 12 || wordAt(body, 0) !== REQUEST) return null;
  const behaviour = BEHAVIOURS[wordAt(body, 2)];
  return behaviour === undefined ? null : { number: wordAt(body, 1), behaviour };
}

/** Takes the prefix off. @returns null when there is none. */
export function withoutPrefix(body: Uint8Array): Uint8Array | null {
  return wordAt(body, 0) === PREFIX ? body.subarray(16) : null;
}

export function resultBody(number: number, behaviour: Behaviour): Uint8Array {
  if (behaviour === 'long') return filled([RESULT, number], 700 + (number % 600));
  if (behaviour === 'repetitive') {
    const body = new Uint8Array(6000);
    body.set(words(RESULT, number));
    return body;
  }
  return words(RESULT, number);
}

/** The number in a result; null: it is none of ours. */
export function readResult(body: Uint8Array): number | null {
  return body.length >= 8 && wordAt(body, 0) === RESULT ? wordAt(body, 1) : null;
}

/** Updates from this number on are only counted: there are too many of them. */
export const MANY = 1_000_000;

export const updateBody = (number: number): Uint8Array => words(UPDATE, number);

export function readUpdate(body: Uint8Array): number | null {
  return body.length === 8 && wordAt(body, 0) === UPDATE ? wordAt(body, 1) : null;
}

/** Words that do not get shorter by compressing. */
function filled(head: readonly number[], filler: number): Uint8Array {
  const body = new Uint8Array(4 * (head.length + filler));
  body.set(words(...head));
  body.set(new Random(head[1] ?? 0).bytes(4 * filler), 4 * head.length);
  return body;
}

function words(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

function wordAt(body: Uint8Array, index: number): number {
  if (body.length < 4 * index + 4) return 0;
  return new DataView(body.buffer, body.byteOffset, body.length).getUint32(4 * index, true);
}
