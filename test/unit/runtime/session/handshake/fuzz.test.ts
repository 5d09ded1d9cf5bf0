import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecurityError } from '../../../../../packages/runtime/src/crypto/index.js';
import { HandshakeError } from '../../../../../packages/runtime/src/session/errors.js';
import { RUNS, SEED } from '../../../../support/random.js';
import { Pair } from './support.js';

const recorded = new Pair();
recorded.run();
const ANSWERS = recorded.toClient;

/** The same seeds give the same queries, so the recorded answers fit until the changed one. */
function outcomeOf(step: number, packet: Uint8Array): string {
  const pair = new Pair();
  pair.start();
  pair.time = 40;
  for (const answer of ANSWERS.slice(0, step)) pair.client.receive(answer, pair.now);
  try {
    const { type } = pair.client.receive(packet, pair.now);
    if (type === 'ignored') expect(pair.client.deadline).not.toBeNull();
    return type;
  } catch (thrown) {
    if (!(thrown instanceof SecurityError) && !(thrown instanceof HandshakeError)) throw thrown;
    expect(pair.client.deadline).toBeNull();
    return 'refused';
  }
}

/** Bytes whose change the client cannot notice; the server does. */
function isFree(step: number, at: number, mask: number): boolean {
  if (at === 8) return (mask & 1) === 0;
  if (at > 8 && at < 16) return true;
  // resPQ: server_nonce and pq are the server's choice.
  return step === 0 && at >= 40 && at < 68;
}

const parameters = { seed: SEED, numRuns: 60 * RUNS };

describe('exchange/fuzz', () => {
  ANSWERS.forEach((answer, step) => {
    it(`exchange/fuzz: any changed byte of answer ${step + 1} is refused or ignored`, () => {
      const at = fc.nat(answer.length - 1);
      fc.assert(
        fc.property(at, fc.integer({ min: 1, max: 255 }), (position, mask) => {
          fc.pre(!isFree(step, position, mask));
          const packet = answer.slice();
          packet[position]! ^= mask;
          expect(outcomeOf(step, packet)).toBe(position < 8 ? 'ignored' : 'refused');
        }),
        parameters,
      );
    });

    it(`exchange/fuzz: answer ${step + 1} cut or grown at any place is refused or ignored`, () => {
      const change = fc.tuple(
        fc.nat(answer.length - 1),
        fc.nat(24),
        fc.uint8Array({ minLength: 1, maxLength: 24 }),
      );
      fc.assert(
        fc.property(change, ([position, gone, put]) => {
          fc.pre(gone !== put.length || position + gone > answer.length);
          const packet = Uint8Array.of(
            ...answer.subarray(0, position),
            ...put,
            ...answer.subarray(position + gone),
          );
          expect(['refused', 'ignored', 'send', 'done']).toContain(outcomeOf(step, packet));
        }),
        parameters,
      );
    });

    it(`exchange/fuzz: random bytes instead of answer ${step + 1} are refused or ignored`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 700 }), fc.boolean(), (bytes, plain) => {
          const packet = bytes.slice();
          if (plain) packet.fill(0, 0, 8);
          if (plain && packet.length >= 20) {
            new DataView(packet.buffer).setInt32(16, packet.length - 20, true);
          }
          expect(['refused', 'ignored']).toContain(outcomeOf(step, packet));
        }),
        parameters,
      );
    });
  });
});
