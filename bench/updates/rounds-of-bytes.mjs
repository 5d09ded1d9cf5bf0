import assert from 'node:assert/strict';
import { encode, fromJson } from '@tlgen/codec';
import { nextRound, ROUND } from './mixture.mjs';
import { kindOf, numberOf } from './sum.mjs';

/**
 * A container in all rounds.
 *
 * @typedef {object} Line
 * @property {import('@tlgen/codec').TlClass} one - its class
 * @property {Int32Array} words - in the first round
 * @property {[at: number, by: number][]} counted - words that grow from round to round
 * @property {{ kind: number, number: number, by: number }[]} updates
 *
 * @typedef {{ one: import('@tlgen/codec').TlClass, words: Int32Array, updates: { kind: number, number: number }[] }} Ready
 */

/** All rounds of a mixture, serialized for one layer: the first is kept, the others follow by adding. */
export class RoundsOfBytes {
  /** What each round adds to the boxes of the stage. */
  updates = ROUND;

  /**
   * @param {import('./mixture.mjs').Stage} stage - as it is before the first round; it is not changed
   * @param {number} each
   * @param {import('@tlgen/codec').Registry} registry
   */
  constructor(stage, each, registry) {
    const moving = structuredClone(stage);
    // The same objects stand for the same peers: containers name each once.
    const [first, second, third] = [1, 2, 3].map(() => {
      const round = nextRound(moving, each);
      return { round, after: structuredClone(moving) };
    });
    assert(first && second && third);
    /** Where the boxes stand after the first round, and after the second. */
    this.after = [first.after, second.after];
    this.lines = first.round.map((one, at) => {
      const next = second.round[at];
      assert(next);
      return lineOf(one, next, registry);
    });
    for (const [at, { body }] of third.round.entries())
      assert.deepEqual(this.at(2, at).words, wordsOf(body, registry), `container ${at}`);
  }

  /** @param {number} round @param {number} at @returns {Ready} */
  at(round, at) {
    const line = /** @type {Line} */ (this.lines[at]);
    const words = line.words.slice();
    for (const [word, by] of line.counted) words[word] += by * round;
    const updates = line.updates.map(({ kind, number, by }) => ({
      kind,
      number: number + by * round,
    }));
    return { one: line.one, words, updates };
  }
}

/**
 * @param {any} json
 * @param {import('@tlgen/codec').Registry} registry
 */
function wordsOf(json, registry) {
  const bytes = encode(fromJson(json, registry));
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4).slice();
}

/**
 * @param {import('./mixture.mjs').Pushed} first
 * @param {import('./mixture.mjs').Pushed} second
 * @param {import('@tlgen/codec').Registry} registry
 * @returns {Line}
 */
function lineOf(first, second, registry) {
  const [words, then] = [wordsOf(first.body, registry), wordsOf(second.body, registry)];
  assert.equal(words.length, then.length);
  /** @type {[number, number][]} */
  const counted = [];
  words.forEach((word, at) => {
    const by = (then[at] ?? 0) - word;
    if (by !== 0) counted.push([at, by]);
  });
  const one = registry.named(first.body._);
  assert(one);
  const updates = first.updates.map((update, at) => {
    const number = numberOf(update);
    return { kind: kindOf(update._), number, by: numberOf(second.updates[at]) - number };
  });
  return { one, words, counted, updates };
}
