import type { TlObject } from '@tlgen/codec';
import { DhGenOk } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { SecurityError } from '../../../../../packages/runtime/src/crypto/index.js';
import { HandshakeError } from '../../../../../packages/runtime/src/session/errors.js';
import type { HandshakeHooks } from '../../../../../packages/local-dc/src/protocol/handshake/index.js';
import { flipped, onMessage, Pair, seeded, thrownBy } from './support.js';

/** Leads the server to the message that is to be changed. */
const VERDICTS: Record<string, HandshakeHooks> = {
  server_DH_params_fail: { refuseParams: () => true },
  dh_gen_retry: { verdict: (attempt) => (attempt === 0 ? 'retry' : 'ok') },
  dh_gen_fail: { verdict: () => 'fail' },
};

const flipField = (name: string, field: string, bit: number): HandshakeHooks => ({
  ...VERDICTS[name],
  ...onMessage(name, (message) => ({ [field]: flipped(message[field] as Uint8Array, bit) })),
});

/** All that is thrown must end the exchange. */
function failureOf(hooks: HandshakeHooks): unknown {
  const pair = new Pair({ hooks });
  const error = thrownBy(() => pair.run());
  expect(pair.client.deadline).toBeNull();
  expect(pair.client.resume(pair.now)).toBeNull();
  return error;
}

const NONCES: readonly (readonly [message: string, field: string, told: string])[] = [
  ['resPQ', 'nonce', 'nonce is not the one that was sent'],
  ['server_DH_params_ok', 'nonce', 'nonce is not the one that was sent'],
  ['server_DH_params_ok', 'serverNonce', 'server_nonce is not the one of resPQ'],
  ['server_DH_params_fail', 'nonce', 'nonce is not the one that was sent'],
  ['server_DH_params_fail', 'serverNonce', 'server_nonce is not the one of resPQ'],
  ['server_DH_inner_data', 'nonce', 'nonce is not the one that was sent'],
  ['server_DH_inner_data', 'serverNonce', 'server_nonce is not the one of resPQ'],
  ['dh_gen_ok', 'nonce', 'nonce is not the one that was sent'],
  ['dh_gen_ok', 'serverNonce', 'server_nonce is not the one of resPQ'],
  ['dh_gen_retry', 'nonce', 'nonce is not the one that was sent'],
  ['dh_gen_retry', 'serverNonce', 'server_nonce is not the one of resPQ'],
  ['dh_gen_fail', 'nonce', 'nonce is not the one that was sent'],
  ['dh_gen_fail', 'serverNonce', 'server_nonce is not the one of resPQ'],
];

describe('exchange/nonce-matrix', () => {
  for (const [message, field, told] of NONCES) {
    it(`exchange/nonce-matrix: ${message}.${field} with a flipped bit is refused`, () => {
      for (const bit of [0, 61, 127]) {
        const error = failureOf(flipField(message, field, bit)) as SecurityError;
        expect(error).toBeInstanceOf(SecurityError);
        expect(error.code).toBe('nonce');
        expect(error.message).toBe(`${message}: ${told}`);
      }
    });
  }

  it('exchange/nonce-matrix: a flipped server_nonce of resPQ is refused by the server', () => {
    const pair = new Pair({ hooks: flipField('resPQ', 'serverNonce', 5) });
    expect(() => pair.run()).toThrow('req_DH_params: wrong server_nonce');
    expect(pair.outcomes.at(-1)!.refusal!.code).toBe(-404);
  });
});

const HASHES: readonly (readonly [message: string, field: string, told: string])[] = [
  ['server_DH_params_fail', 'newNonceHash', 'new_nonce_hash'],
  ['dh_gen_ok', 'newNonceHash1', 'new_nonce_hash1'],
  ['dh_gen_retry', 'newNonceHash2', 'new_nonce_hash2'],
  ['dh_gen_fail', 'newNonceHash3', 'new_nonce_hash3'],
];

describe('exchange/new-nonce-hash-1-2-3', () => {
  for (const [message, field, told] of HASHES) {
    it(`exchange/new-nonce-hash-1-2-3: a wrong ${told} is an attack, not an answer`, () => {
      for (const bit of [0, 61, 127]) {
        const error = failureOf(flipField(message, field, bit)) as SecurityError;
        expect(error).toBeInstanceOf(SecurityError);
        expect(error.code).toBe('nonce-hash');
        expect(error.message).toBe(`${message}: ${told} is not the hash of new_nonce`);
      }
    });
  }

  it('exchange/new-nonce-hash-1-2-3: the hash of one verdict does not do for another', () => {
    const reused = (verdict: 'retry' | 'fail', from: string, to: string): HandshakeHooks => ({
      verdict: () => verdict,
      message: (message) => {
        if (!message._.startsWith('dh_gen')) return message;
        const { nonce, serverNonce, [from]: hash } = message as never as Record<string, Uint8Array>;
        return makeOk({ nonce, serverNonce, [to]: hash });
      },
    });
    const error = failureOf(reused('retry', 'newNonceHash2', 'newNonceHash1')) as SecurityError;
    expect(error.code).toBe('nonce-hash');
    const other = failureOf(reused('fail', 'newNonceHash3', 'newNonceHash1')) as SecurityError;
    expect(other.code).toBe('nonce-hash');
  });

  it('a refusal with the right hash is a refusal', () => {
    const params = failureOf({ refuseParams: () => true }) as HandshakeError;
    expect(params).toBeInstanceOf(HandshakeError);
    expect([params.code, params.message.split(':')[0]]).toEqual([
      'refused',
      'server_DH_params_fail',
    ]);
    const key = failureOf({ verdict: () => 'fail' }) as HandshakeError;
    expect(key).toBeInstanceOf(HandshakeError);
    expect([key.code, key.message.split(':')[0]]).toEqual(['refused', 'dh_gen_fail']);
  });
});

describe('exchange/dh-gen-retry', () => {
  for (const times of [1, 5]) {
    it(`exchange/dh-gen-retry: ${times} retries, each with another key and its retry_id`, () => {
      const keys = new Set<bigint>();
      const pair = new Pair({
        hooks: {
          verdict: (attempt, key) => {
            keys.add(key.id);
            return attempt < times ? 'retry' : 'ok';
          },
        },
      });
      // The server refuses a wrong retry_id, so reaching the end proves each of them.
      const done = pair.run();
      expect(keys.size).toBe(times + 1);
      expect(done.key.id).toBe(pair.made!.key.id);
      expect(pair.toServer).toHaveLength(3 + times);
    });
  }

  it('exchange/dh-gen-retry: the sixth ends the exchange', () => {
    const error = failureOf({ verdict: () => 'retry' }) as HandshakeError;
    expect(error).toBeInstanceOf(HandshakeError);
    expect(error.code).toBe('retries');
  });

  it('exchange/dh-gen-retry: a server that has the key already asks for another', () => {
    let asked = 0;
    const pair = new Pair({ isKnown: () => asked++ === 0 });
    pair.run();
    expect(pair.toServer).toHaveLength(4);
  });
});

describe('exchange/unknown-fingerprint', () => {
  it('exchange/unknown-fingerprint: no key is used but a known one', () => {
    for (const offered of [[], [1n], [0x7fff_ffff_ffff_ffffn, -2n]]) {
      const hooks = onMessage('resPQ', () => ({ serverPublicKeyFingerprints: offered }));
      const error = failureOf(hooks) as HandshakeError;
      expect(error).toBeInstanceOf(HandshakeError);
      expect(error.code).toBe('unknown-key');
      expect(error.message).toContain(`the ${offered.length} of the server`);
    }
  });

  it('exchange/unknown-fingerprint: unknown ones beside a known one do not matter', () => {
    const hooks = onMessage('resPQ', (message) => ({
      serverPublicKeyFingerprints: [5n, ...(message['serverPublicKeyFingerprints'] as bigint[])],
    }));
    expect(new Pair({ hooks }).run().type).toBe('done');
  });
});

describe('the puzzle', () => {
  for (const [what, pq] of [
    ['a prime', [0x7f, 0xff, 0xff, 0xff]],
    ['nothing', []],
    ['one', [1]],
    ['more than 2^63', [0xff, 0, 0, 0, 0, 0, 0, 0]],
    ['a long number', new Array<number>(200).fill(7)],
  ] as const) {
    it(`is refused when pq is ${what}`, () => {
      const error = failureOf(onMessage('resPQ', () => ({ pq: Uint8Array.from(pq) })));
      expect(error).toBeInstanceOf(SecurityError);
      expect((error as SecurityError).code).toBe('proof-of-work');
      expect((error as SecurityError).message).toMatch(/^resPQ: /);
    });
  }
});

describe('the group', () => {
  const one = Uint8Array.of(1);
  const cases: readonly (readonly [string, (m: Record<string, unknown>) => object])[] = [
    ['g = 0', () => ({ g: 0 })],
    ['g = -1', () => ({ g: -1 })],
    ['g = 2 (wrong residue)', () => ({ g: 2 })],
    ['an even prime', (m) => ({ dhPrime: flipped(m['dhPrime'] as Uint8Array, 255 * 8) })],
    ['a short prime', (m) => ({ dhPrime: (m['dhPrime'] as Uint8Array).subarray(1) })],
    ['a long prime', (m) => ({ dhPrime: Uint8Array.of(1, ...(m['dhPrime'] as Uint8Array)) })],
    ['g_a = 0', () => ({ gA: new Uint8Array(256) })],
    ['g_a = 1', () => ({ gA: one })],
    ['g_a empty', () => ({ gA: new Uint8Array() })],
    ['g_a = p', (m) => ({ gA: m['dhPrime'] })],
    ['g_a = p - 1', (m) => ({ gA: flipped(m['dhPrime'] as Uint8Array, 255 * 8) })],
    ['g_a of 2^1983', () => ({ gA: Uint8Array.of(0x80, ...new Uint8Array(247)) })],
  ];
  for (const [what, change] of cases) {
    it(`with ${what} is refused`, () => {
      const hooks = onMessage('server_DH_inner_data', (m) => change(m) as Record<string, unknown>);
      const error = failureOf(hooks) as SecurityError;
      expect(error).toBeInstanceOf(SecurityError);
      expect(error.code).toBe('dh-parameters');
      expect(error.message).toMatch(/^server_DH_inner_data: /);
    });
  }

  it('may be another one', () => {
    const run = new Pair({ hooks: { group: () => ({ g: 4, prime: primeOf() }) } });
    expect(run.run().type).toBe('done');
  });
});

/** The server's prime, taken from an exchange. */
function primeOf(): Uint8Array {
  let prime: Uint8Array | null = null;
  const see = onMessage('server_DH_inner_data', (m) => {
    prime = m['dhPrime'] as Uint8Array;
    return {};
  });
  new Pair({ hooks: see, clientCrypto: seeded(9) }).run();
  return prime!;
}

describe('server_time', () => {
  const at = (serverTime: number): HandshakeHooks =>
    onMessage('server_DH_inner_data', () => ({ serverTime }));
  const temporary = { expiresIn: 86_400 };
  const last = 0x7fff_ffff;

  it('must be a time, and leave room for the life of the key', () => {
    const refused = [{}, { temporary }].flatMap((kind) =>
      [0, -1, -0x8000_0000].map((time) => ({ ...kind, hooks: at(time) })),
    );
    refused.push({ temporary, hooks: at(last - 86_399) });
    for (const options of refused) {
      const pair = new Pair(options);
      const error = thrownBy(() => pair.run()) as HandshakeError;
      expect(error).toBeInstanceOf(HandshakeError);
      expect(error.code).toBe('bad-answer');
      expect(error.message).toContain('server_time');
    }
  });

  it('may be any other', () => {
    expect(new Pair({ hooks: at(1) }).run().type).toBe('done');
    expect(new Pair({ hooks: at(last) }).run().type).toBe('done');
    expect(new Pair({ temporary, hooks: at(last - 86_400) }).run().expiresAt).toBe(last);
  });
});

describe('answers to other steps', () => {
  it('end the exchange: steps cannot be repeated or left out', () => {
    const full = new Pair();
    full.run();
    const [resPq, params, ok] = full.toClient as [Uint8Array, Uint8Array, Uint8Array];
    const feeds: readonly (readonly Uint8Array[])[] = [
      [params],
      [ok],
      [resPq, resPq],
      [resPq, ok],
      [resPq, params, resPq],
      [resPq, params, params],
    ];
    for (const packets of feeds) {
      const pair = new Pair();
      pair.start();
      const feed = (): void => packets.forEach((one) => void pair.client.receive(one, pair.now));
      const error = thrownBy(feed) as HandshakeError;
      expect(error).toBeInstanceOf(HandshakeError);
      expect(error.code).toBe('bad-answer');
    }
  });
});

/** A `dh_gen_ok` of these fields. */
function makeOk(fields: Record<string, unknown>): TlObject {
  return new DhGenOk(fields as never);
}
