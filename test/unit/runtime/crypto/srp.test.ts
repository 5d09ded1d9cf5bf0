import { createHash, pbkdf2Sync } from 'node:crypto';
import { createRequire } from 'node:module';
import { computeNewPasswordHash, computeSrpParams } from '@mtcute/core/utils.js';
import Long from 'long';
import { describe, expect, it } from 'vitest';
import {
  SrpServer,
  TELEGRAM_PRIME,
  bigIntFromBytes,
  bytesFromBigInt,
  checkPassword,
  concat,
  newPasswordVerifier,
  toHex,
  withNewSalt,
  type PasswordAlgo,
} from '../../../../packages/runtime/src/crypto/index.js';
import { MtcuteCrypto } from '../../../support/strangers/mtcute-crypto.js';
import { ALL_GOOD, NOT_SAFE } from './support/primes.js';
import { counting, derive, fewRounds, providers, withRandom } from './support/providers.js';
import { modPowPlain } from './support/reference.js';

const require = createRequire(import.meta.url);
const BAD = expect.objectContaining({ name: 'CryptoError', code: 'bad-srp' });
const PASSWORD = 'pässword 🔑';
const SRP_ID = -77n;

const TELEGRAM: PasswordAlgo = {
  salt1: counting(40, 1),
  salt2: counting(16, 200),
  g: 3,
  p: TELEGRAM_PRIME,
};
const OTHER: PasswordAlgo = { salt1: counting(8), salt2: counting(8, 9), g: 2, p: ALL_GOOD };

const H = (...parts: Uint8Array[]): Uint8Array =>
  createHash('sha256').update(Buffer.concat(parts)).digest();
const pad = (value: bigint): Uint8Array => bytesFromBigInt(value, 256);
const num = bigIntFromBytes;

/** The whole calculation of the documentation in plain BigInt: both sides, so S is known twice. */
function plain(algo: PasswordAlgo, password: string, a: Uint8Array, b: Uint8Array) {
  const p = num(algo.p);
  const g = BigInt(algo.g);
  const sh = (data: Uint8Array, salt: Uint8Array): Uint8Array => H(salt, data, salt);
  const ph1 = sh(sh(Buffer.from(password, 'utf8'), algo.salt1), algo.salt2);
  const x = num(sh(pbkdf2Sync(ph1, algo.salt1, 100_000, 64, 'sha512'), algo.salt2));
  const v = modPowPlain(g, x, p);
  const k = num(H(algo.p, pad(g)));
  const B = (k * v + modPowPlain(g, num(b), p)) % p;
  const A = modPowPlain(g, num(a), p);
  const u = num(H(pad(A), pad(B)));
  const base = (((B - k * v) % p) + p) % p;
  const S = modPowPlain(base, num(a) + u * x, p);
  expect(modPowPlain(A * modPowPlain(v, u, p), num(b), p)).toBe(S);
  const hashG = H(pad(g));
  const M1 = H(
    H(algo.p).map((byte, i) => byte ^ hashG[i]!),
    H(algo.salt1),
    H(algo.salt2),
    pad(A),
    pad(B),
    H(pad(S)),
  );
  return { v: pad(v), A: pad(A), B: pad(B), M1 };
}

describe.each(providers.map(fewRounds))('2FA on $name', (crypto) => {
  const fixed = (bytes: Uint8Array) => withRandom(crypto, (size) => bytes.slice(0, size));
  const [a, b] = [counting(256, 31), counting(256, 57)];

  it.each([
    ["Telegram's prime, g = 3", TELEGRAM],
    ['group 14, g = 2', OTHER],
  ])('srp/vectors: client and server compute what plain BigInt does: %s', async (_name, algo) => {
    const expected = plain(algo, PASSWORD, a, b);
    const verifier = await newPasswordVerifier(crypto, PASSWORD, algo);
    expect(toHex(verifier)).toBe(toHex(expected.v));
    const server = new SrpServer(fixed(b), algo, verifier);
    expect(toHex(server.B)).toBe(toHex(expected.B));
    const proof = await checkPassword(fixed(a), PASSWORD, algo, server.B, SRP_ID);
    expect(proof.srpId).toBe(SRP_ID);
    expect(toHex(proof.A)).toBe(toHex(expected.A));
    expect(toHex(proof.M1)).toBe(toHex(expected.M1));
    expect(server.check(proof.A, proof.M1)).toBe(true);
  });

  it('srp/vectors: mtcute and GramJS prove the same password to our server', async () => {
    const verifier = await newPasswordVerifier(crypto, PASSWORD, TELEGRAM);
    const server = new SrpServer(crypto, TELEGRAM, verifier);
    const mtcute = await computeSrpParams(
      new MtcuteCrypto(),
      mtcutePassword(TELEGRAM, server.B),
      PASSWORD,
    );
    if (mtcute._ !== 'inputCheckPasswordSRP') throw new Error('unexpected kind of proof');
    expect(server.check(mtcute.A, mtcute.M1)).toBe(true);
    const gram = await gramProof(TELEGRAM, server.B, PASSWORD);
    expect(server.check(gram.A, gram.M1)).toBe(true);
    const wrong = await gramProof(TELEGRAM, server.B, 'other');
    expect(server.check(wrong.A, wrong.M1)).toBe(false);
  });

  it('srp/vectors: with the same random bytes mtcute finds the same verifier and the same proof', async () => {
    const salt = counting(32, 111);
    const theirs = new MtcuteCrypto();
    theirs.randomFill = (buffer) =>
      buffer.set((buffer.length === 32 ? salt : a).subarray(0, buffer.length));
    const algo = withNewSalt(fixed(salt), TELEGRAM);
    expect(algo.salt1).toEqual(concat(TELEGRAM.salt1, salt));
    const kind = 'passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow';
    const verifier = await computeNewPasswordHash(
      theirs,
      { _: kind, ...TELEGRAM } as Parameters<typeof computeNewPasswordHash>[1],
      PASSWORD,
    );
    expect(toHex(await newPasswordVerifier(crypto, PASSWORD, algo))).toBe(toHex(verifier));
    const B = pad(num(TELEGRAM_PRIME) / 3n);
    const proof = await computeSrpParams(theirs, mtcutePassword(algo, B), PASSWORD);
    const ours = await checkPassword(fixed(a), PASSWORD, algo, B, SRP_ID);
    if (proof._ !== 'inputCheckPasswordSRP') throw new Error('unexpected kind of proof');
    expect([toHex(proof.A), toHex(proof.M1)]).toEqual([toHex(ours.A), toHex(ours.M1)]);
  });

  it('srp/vectors: a wrong password, or another byte anywhere, is refused', async () => {
    const verifier = await newPasswordVerifier(crypto, PASSWORD, TELEGRAM);
    const server = new SrpServer(crypto, TELEGRAM, verifier);
    const right = await checkPassword(crypto, PASSWORD, TELEGRAM, server.B, SRP_ID);
    const wrong = await checkPassword(crypto, `${PASSWORD} `, TELEGRAM, server.B, SRP_ID);
    expect(server.check(right.A, right.M1)).toBe(true);
    expect(server.check(wrong.A, wrong.M1)).toBe(false);
    expect(server.check(right.A, wrong.M1)).toBe(false);
    expect(server.check(wrong.A, right.M1)).toBe(false);
    for (const at of [0, 15, 31]) {
      const changed = right.M1.slice();
      changed[at]! ^= 0x80;
      expect(server.check(right.A, changed)).toBe(false);
    }
    expect(server.check(right.A, right.M1.subarray(0, 31))).toBe(false);
    expect(server.check(right.A, new Uint8Array())).toBe(false);
    const again = new SrpServer(crypto, TELEGRAM, verifier);
    expect(again.check(right.A, right.M1)).toBe(false);
  });

  it('srp/vectors: numbers of the server that are not safe to answer are refused', async () => {
    // A key derivation that fails shows that all is checked before the password is touched.
    const guarded = derive(crypto, {
      pbkdf2Sha512: () => Promise.reject(new Error('the password was used')),
    });
    const p = num(TELEGRAM_PRIME);
    const margin = 1n << 1984n;
    const B = pad(p / 3n);
    const attempt = (algo: Partial<PasswordAlgo>, srpB: Uint8Array = B): Promise<unknown> =>
      checkPassword(guarded, PASSWORD, { ...TELEGRAM, ...algo }, srpB, SRP_ID);
    await expect(attempt({})).rejects.toThrow('the password was used');

    const outside = [0n, 1n, margin - 1n, p - margin + 1n, p - 1n, p, p + 1n];
    for (const value of outside) await expect(attempt({}, pad(value))).rejects.toThrow(BAD);
    const sizes = [new Uint8Array(), concat(Uint8Array.of(0), B), new Uint8Array(5000).fill(1)];
    for (const srpB of sizes) await expect(attempt({}, srpB)).rejects.toThrow(BAD);

    for (const bad of [new Uint8Array(), NOT_SAFE, TELEGRAM_PRIME.subarray(1), pad(p + 2n)]) {
      await expect(attempt({ p: bad })).rejects.toThrow(BAD);
    }
    for (const g of [0, 1, 2, 5, 6, 8, -3]) await expect(attempt({ g })).rejects.toThrow(BAD);
    for (const salt of [new Uint8Array(), counting(7)]) {
      await expect(attempt({ salt1: salt })).rejects.toThrow(BAD);
      await expect(attempt({ salt2: salt })).rejects.toThrow(BAD);
    }
    await expect(newPasswordVerifier(guarded, PASSWORD, { ...TELEGRAM, g: 2 })).rejects.toThrow(
      BAD,
    );
  });

  it('srp/vectors: u = 0 and a B that gives the verifier away are refused', async () => {
    const B = plain(TELEGRAM, PASSWORD, a, b).B;
    const A = pad(modPowPlain(3n, num(a), num(TELEGRAM_PRIME)));
    const zeroU = derive(fixed(a), {
      sha256: (data) =>
        toHex(data) === toHex(concat(A, B)) ? new Uint8Array(32) : crypto.sha256(data),
    });
    await expect(checkPassword(zeroU, PASSWORD, TELEGRAM, B, SRP_ID)).rejects.toThrow(BAD);
    // B = k·v: the shared secret would be 0 for whoever knows the verifier.
    const k = num(H(TELEGRAM.p, pad(3n)));
    const verifier = num(await newPasswordVerifier(crypto, PASSWORD, TELEGRAM));
    const naked = pad((k * verifier) % num(TELEGRAM_PRIME));
    await expect(checkPassword(crypto, PASSWORD, TELEGRAM, naked, SRP_ID)).rejects.toThrow(BAD);
  });

  it('srp/vectors: the secret exponent is drawn from our own source, again while A is unsafe', async () => {
    const draws: Uint8Array[] = [new Uint8Array(256), pad(1n), pad(2n), a];
    let drawn = 0;
    const source = withRandom(crypto, (size) => {
      expect(size).toBe(256);
      return draws[drawn++]!.slice();
    });
    const B = pad(num(TELEGRAM_PRIME) / 3n);
    const proof = await checkPassword(source, PASSWORD, TELEGRAM, B, SRP_ID);
    expect(drawn).toBe(4);
    expect(toHex(proof.A)).toBe(toHex(pad(modPowPlain(3n, num(a), num(TELEGRAM_PRIME)))));
    const stuck = withRandom(crypto, (size) => new Uint8Array(size));
    await expect(checkPassword(stuck, PASSWORD, TELEGRAM, B, SRP_ID)).rejects.toThrow(BAD);
  });

  it('bigint/leading-zeros: a B with its leading zeros cut off gives the same proof', async () => {
    const B = pad(num(TELEGRAM_PRIME) >> 20n);
    expect(B.subarray(0, 2)).toEqual(new Uint8Array(2));
    const long = await checkPassword(fixed(a), PASSWORD, TELEGRAM, B, SRP_ID);
    const short = await checkPassword(fixed(a), PASSWORD, TELEGRAM, B.subarray(2), SRP_ID);
    expect(toHex(short.M1)).toBe(toHex(long.M1));
  });

  it('the server refuses an unsafe A and an unusable verifier', () => {
    const p = num(TELEGRAM_PRIME);
    const server = new SrpServer(crypto, TELEGRAM, pad(p / 5n));
    for (const value of [0n, 1n, p - 1n, p]) {
      expect(() => server.check(pad(value), new Uint8Array(32))).toThrow(BAD);
      expect(() => new SrpServer(crypto, TELEGRAM, pad(value))).toThrow(BAD);
    }
    expect(JSON.stringify(server)).toBe(JSON.stringify({ B: server.B }));
  });
});

/** The parameters as mtcute reads them. */
function mtcutePassword(
  algo: PasswordAlgo,
  srpB: Uint8Array,
): Parameters<typeof computeSrpParams>[1] {
  const kind = 'passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow';
  const currentAlgo = { _: kind, ...algo };
  const password = { _: 'account.password', currentAlgo, srpB, srpId: Long.fromNumber(7) };
  return password as unknown as Parameters<typeof computeSrpParams>[1];
}

/** What GramJS answers to the same parameters. */
async function gramProof(
  algo: PasswordAlgo,
  srpB: Uint8Array,
  password: string,
): Promise<{ A: Uint8Array; M1: Uint8Array }> {
  const { Api } = require('telegram') as { Api: Record<string, new (fields: object) => object> };
  const { computeCheck } = require('telegram/Password') as {
    computeCheck(request: object, password: string): Promise<{ A: Buffer; M1: Buffer }>;
  };
  const kind = 'PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow';
  const currentAlgo = new Api[kind]!({
    salt1: Buffer.from(algo.salt1),
    salt2: Buffer.from(algo.salt2),
    g: algo.g,
    p: Buffer.from(algo.p),
  });
  const request = { currentAlgo, srp_B: Buffer.from(srpB), srpId: 7 };
  const { A, M1 } = await computeCheck(request, password);
  return { A: new Uint8Array(A), M1: new Uint8Array(M1) };
}
