import { describe, expect, it } from 'vitest';
import { SecurityError, concat } from '../../../../../packages/runtime/src/crypto/index.js';
import { HandshakeError } from '../../../../../packages/runtime/src/session/errors.js';
import { isPlain } from '../../../../../packages/runtime/src/session/plain-message.js';
import { Pair, seeded, thrownBy } from './support.js';

const STEPS = ['resPQ', 'server_DH_params', 'set_client_DH_params'];
const TIMEOUT = 10_000;

/** Drives a pair until the client waits for the answer of that step. */
function waitingAt(step: number): { pair: Pair; packet: Uint8Array } {
  const pair = new Pair();
  let packet = pair.start();
  for (let i = 0; i < step; i++) {
    const next = pair.round(packet);
    if (next.type !== 'send') throw new Error('the exchange ended early');
    packet = next.bytes;
  }
  return { pair, packet };
}

const bodyOf = (packet: Uint8Array): Uint8Array => packet.subarray(16);
const idOf = (packet: Uint8Array): bigint => new DataView(packet.buffer).getBigInt64(8, true);

describe('exchange/timeouts-and-resume', () => {
  STEPS.forEach((name, step) => {
    it(`exchange/timeouts-and-resume: ${name} has a deadline`, () => {
      const { pair } = waitingAt(step);
      expect(pair.client.deadline).toBe(pair.time + TIMEOUT);
      pair.time += TIMEOUT - 1;
      pair.client.tick(pair.now);
      pair.time += 1;
      const error = thrownBy(() => pair.client.tick(pair.now)) as HandshakeError;
      expect(error).toBeInstanceOf(HandshakeError);
      expect(error.code).toBe('timeout');
      expect(error.message).toBe(`${name}: no answer within ${TIMEOUT} ms`);
      expect(pair.client.deadline).toBeNull();
      expect(pair.client.resume(pair.now)).toBeNull();
      pair.client.tick(pair.now);
    });

    it(`exchange/timeouts-and-resume: after a cut at ${name} the last query goes out again`, () => {
      const { pair, packet } = waitingAt(step);
      pair.time += 4_000;
      const again = pair.client.resume(pair.now)!;
      expect(bodyOf(again)).toEqual(bodyOf(packet));
      expect(idOf(again)).toBeGreaterThan(idOf(packet));
      expect(pair.client.deadline).toBe(pair.time + TIMEOUT);
      let next = pair.round(again);
      while (next.type === 'send') next = pair.round(next.bytes);
      expect(next.type).toBe('done');
    });

    it(`exchange/timeouts-and-resume: an answer to ${name} that got lost is given again`, () => {
      const { pair, packet } = waitingAt(step);
      const lost = pair.server.receive(packet);
      expect(lost.reply).not.toBeNull();
      let next = pair.round(pair.client.resume(pair.now)!);
      while (next.type === 'send') next = pair.round(next.bytes);
      if (next.type !== 'done') throw new Error('no key was made');
      const made = lost.done ?? pair.made;
      expect(next.key.id).toBe(made!.key.id);
    });
  });

  it('exchange/timeouts-and-resume: a new exchange has another nonce', () => {
    const crypto = seeded(4);
    const first = new Pair({ clientCrypto: crypto }).start();
    const second = new Pair({ clientCrypto: crypto }).start();
    expect(bodyOf(first)).not.toEqual(bodyOf(second));
  });
});

describe('exchange/unexpected-encrypted', () => {
  STEPS.forEach((name, step) => {
    it(`exchange/unexpected-encrypted: a packet under a key is ignored while ${name} is awaited`, () => {
      const { pair, packet } = waitingAt(step);
      const { deadline } = pair.client;
      for (const size of [8, 20, 24, 40, 1024]) {
        const encrypted = new Uint8Array(size).fill(0x5a);
        expect(pair.client.receive(encrypted, pair.now)).toEqual({ type: 'ignored' });
      }
      expect(pair.client.deadline).toBe(deadline);
      let next = pair.round(packet);
      while (next.type === 'send') next = pair.round(next.bytes);
      expect(next.type).toBe('done');
    });
  });
});

describe('the envelope of an answer', () => {
  const answered = (): { pair: Pair; answer: Uint8Array } => {
    const pair = new Pair();
    return { pair, answer: pair.server.receive(pair.start()).reply! };
  };
  const cases: readonly (readonly [string, string, (answer: Uint8Array) => Uint8Array])[] = [
    ['is empty', 'packet-length', () => new Uint8Array()],
    ['is shorter than an id', 'packet-length', () => new Uint8Array(7)],
    ['is shorter than its header', 'packet-length', (a) => a.slice(0, 20)],
    ['has an even message id', 'message-id-parity', (a) => withByte(a, 8, a[8]! & ~1)],
    ['says length 0', 'message-length', (a) => withLength(a, 0)],
    ['says a negative length', 'message-length', (a) => withLength(a, -4)],
    ['says a length that is no multiple of 4', 'message-length', (a) => withLength(a, 6)],
    ['ends early', 'message-length', (a) => a.slice(0, -4)],
    ['goes on for 16 bytes', 'message-length', (a) => concat(a, new Uint8Array(16))],
  ];
  for (const [what, code, change] of cases) {
    it(`is refused when it ${what}`, () => {
      const { pair, answer } = answered();
      const error = thrownBy(() => pair.client.receive(change(answer), pair.now)) as SecurityError;
      expect(error).toBeInstanceOf(SecurityError);
      expect(error.code).toBe(code);
      expect(pair.client.deadline).toBeNull();
    });
  }

  it('may have up to 15 bytes of a transport behind it', () => {
    const { pair, answer } = answered();
    expect(isPlain(answer)).toBe(true);
    const padded = concat(answer, new Uint8Array(15).fill(9));
    expect(pair.client.receive(padded, pair.now).type).toBe('send');
  });
});

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = value;
  return copy;
}

function withLength(packet: Uint8Array, length: number): Uint8Array {
  const copy = packet.slice();
  new DataView(copy.buffer).setInt32(16, length, true);
  return copy;
}
