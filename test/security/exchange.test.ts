import type { TlObject } from '@tlgen/codec';
import { DhGenOk } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import type { HandshakeHooks } from '../../packages/local-dc/src/protocol/handshake/index.js';
import { HandshakeError } from '../../packages/runtime/src/session/errors.js';
import { changed, flipped, onMessage } from '../unit/runtime/session/handshake/support.js';
import { exchange, expectMade, expectRefused } from './exchange.js';

/** Leads the server to the message that is to be changed. */
const VERDICTS: Record<string, HandshakeHooks> = {
  server_DH_params_fail: { refuseParams: () => true },
  dh_gen_retry: { verdict: (attempt) => (attempt === 0 ? 'retry' : 'ok') },
  dh_gen_fail: { verdict: () => 'fail' },
};

const flip = (name: string, field: string, bit: number): HandshakeHooks => ({
  ...VERDICTS[name],
  ...onMessage(name, (message) => ({ [field]: flipped(message[field] as Uint8Array, bit) })),
});

describe('answer_with_hash', () => {
  const plain = (plainAnswer: (plain: Uint8Array) => Uint8Array): HandshakeHooks => ({
    plainAnswer,
  });

  it('guideline/answer-hash: a flipped bit of the hash or of the answer is refused', () => {
    expectMade(exchange(plain((bytes) => bytes)));
    for (const bit of [0, 80, 159, 160, 20 * 8 + 4 * 8 + 3, 100 * 8, 560 * 8, 563 * 8 + 7]) {
      expectRefused(exchange(plain((bytes) => flipped(bytes, bit))), 'answer-hash', `bit ${bit}`);
    }
  });

  it('guideline/answer-hash: padding longer than a block is refused, the bytes of a short one are free', () => {
    const longer = (bytes: Uint8Array, more: number): Uint8Array => {
      const grown = new Uint8Array(bytes.length + more);
      grown.set(bytes);
      return grown;
    };
    expectRefused(exchange(plain((bytes) => longer(bytes, 16))), 'answer-hash');
    expectRefused(exchange(plain((bytes) => longer(bytes, 160))), 'answer-hash');
    expectMade(exchange(plain((bytes) => flipped(bytes, (bytes.length - 1) * 8))));
  });
});

/** Message, field. */
const NONCES: readonly (readonly [string, string])[] = [
  ['resPQ', 'nonce'],
  ...['server_DH_params_ok', 'server_DH_params_fail', 'server_DH_inner_data'].flatMap((name) => [
    [name, 'nonce'] as const,
    [name, 'serverNonce'] as const,
  ]),
  ...['dh_gen_ok', 'dh_gen_retry', 'dh_gen_fail'].flatMap((name) => [
    [name, 'nonce'] as const,
    [name, 'serverNonce'] as const,
  ]),
];

describe('nonces', () => {
  for (const [message, field] of NONCES) {
    it(`guideline/nonces: ${message}.${field} with a flipped bit is refused`, () => {
      for (const bit of [0, 127]) {
        expectRefused(exchange(flip(message, field, bit)), 'nonce', `bit ${bit}`);
      }
      // Unaltered, the answer is taken for what it says.
      const outcome = exchange(VERDICTS[message]);
      if (outcome.failures.length === 0) expectMade(outcome);
      else expect(outcome.failures).toEqual([expect.objectContaining({ code: 'refused' })]);
    });
  }

  it('guideline/nonces: an answer of another exchange is refused', () => {
    let seen: TlObject | null = null;
    const see = (name: string): HandshakeHooks => ({
      message: (message) => {
        if (message._ === name) seen = message;
        return message;
      },
    });
    for (const name of ['server_DH_params_ok', 'dh_gen_ok']) {
      expectMade(exchange(see(name)));
      const stale = seen! as TlObject;
      const other = { nonce: new Uint8Array(16).fill(1) };
      const replay: HandshakeHooks = {
        message: (message) => (message._ === name ? changed(stale, other) : message),
      };
      expectRefused(exchange(replay), 'nonce', name);
    }
  });
});

const HASHES: readonly (readonly [message: string, field: string])[] = [
  ['server_DH_params_fail', 'newNonceHash'],
  ['dh_gen_ok', 'newNonceHash1'],
  ['dh_gen_retry', 'newNonceHash2'],
  ['dh_gen_fail', 'newNonceHash3'],
];

describe('new_nonce_hash', () => {
  for (const [message, field] of HASHES) {
    it(`guideline/new-nonce-hash: a wrong hash of ${message} is refused as forged`, () => {
      for (const bit of [0, 64, 127]) {
        expectRefused(exchange(flip(message, field, bit)), 'nonce-hash', `bit ${bit}`);
      }
      // With the right one the server is believed, whatever it says.
      const outcome = exchange(VERDICTS[message]);
      if (message === 'dh_gen_ok' || message === 'dh_gen_retry') expectMade(outcome);
      else {
        expect(outcome.failures).toEqual([expect.any(HandshakeError)]);
        expect(outcome.failures).toEqual([expect.objectContaining({ code: 'refused' })]);
      }
    });
  }

  it('guideline/new-nonce-hash: the hash of one verdict does not do for another', () => {
    for (const [verdict, field] of [
      ['retry', 'newNonceHash2'],
      ['fail', 'newNonceHash3'],
    ] as const) {
      const hooks: HandshakeHooks = {
        verdict: () => verdict,
        message: (message) => {
          if (!message._.startsWith('dh_gen')) return message;
          const {
            nonce,
            serverNonce,
            [field]: hash,
          } = message as never as Record<string, Uint8Array>;
          return new DhGenOk({ nonce, serverNonce, newNonceHash1: hash } as never);
        },
      };
      expectRefused(exchange(hooks), 'nonce-hash', verdict);
    }
    expectMade(exchange());
  });
});
