import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Random, SEED } from '../../../../support/random.js';
import { hex, portableCrypto, PROVIDERS, unhex } from './providers.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(PROVIDERS)('hashes, %s', (_, crypto) => {
  it('FIPS 180-4 examples', () => {
    const two = 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq';
    expect(hex(crypto.sha1(text('abc')))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
    expect(hex(crypto.sha1(text(two)))).toBe('84983e441c3bd26ebaae4aa1f95129e5e54670f1');
    expect(hex(crypto.sha256(text('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(hex(crypto.sha256(text(two)))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
    expect(hex(crypto.sha512(text('abc')))).toBe(
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a' +
        '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    );
    expect(hex(crypto.sha256(new Uint8Array()))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('RFC 4231: HMAC with short, long and odd keys', () => {
    const cases = [
      {
        key: unhex('0b'.repeat(20)),
        data: text('Hi There'),
        sha256: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
        sha512:
          '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde' +
          'daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
      },
      {
        key: text('Jefe'),
        data: text('what do ya want for nothing?'),
        sha256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
        sha512:
          '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554' +
          '9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
      },
      {
        key: unhex('aa'.repeat(131)),
        data: text('Test Using Larger Than Block-Size Key - Hash Key First'),
        sha256: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
        sha512:
          '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352' +
          '6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
      },
    ];
    for (const { key, data, sha256, sha512 } of cases) {
      expect(hex(crypto.hmacSha256(key, data))).toBe(sha256);
      expect(hex(crypto.hmacSha512(key, data))).toBe(sha512);
    }
  });

  it('agree with node:crypto at every size around a block, and on large data', () => {
    const random = new Random(SEED);
    const sizes = [...Array.from({ length: 260 }, (_, i) => i), 4095, 4096, 4097, 100_000];
    for (const size of sizes) {
      const data = random.bytes(size);
      const key = random.bytes(1 + (size % 200));
      for (const name of ['sha1', 'sha256', 'sha512'] as const) {
        const result = crypto[name](data);
        expect(hex(result)).toBe(createHash(name).update(data).digest('hex'));
        expect(Object.getPrototypeOf(result)).toBe(Uint8Array.prototype);
      }
      const [short, long] = [crypto.hmacSha256(key, data), crypto.hmacSha512(key, data)];
      expect(hex(short)).toBe(createHmac('sha256', key).update(data).digest('hex'));
      expect(hex(long)).toBe(createHmac('sha512', key).update(data).digest('hex'));
    }
  });

  it('PBKDF2-HMAC-SHA512: the inputs of RFC 6070 with this hash', async () => {
    const derive = async (password: string, salt: string, iterations: number): Promise<string> =>
      hex(await crypto.pbkdf2Sha512(text(password), text(salt), iterations, 64));
    expect(await derive('password', 'salt', 1)).toBe(
      '867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252' +
        'c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce',
    );
    expect(await derive('password', 'salt', 4096)).toBe(
      'd197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5' +
        '143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5',
    );
    expect(
      await derive('passwordPASSWORDpassword', 'saltSALTsaltSALTsaltSALTsaltSALTsalt', 4096),
    ).toBe(
      '8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868c005174dc4ee71' +
        '115b59f9e60cd9532fa33e0f75aefe30225c583a186cd82bd4daea9724a3d3b8',
    );
  });

  it('PBKDF2 agrees with node:crypto for any size, also of an empty password', async () => {
    const random = new Random(SEED + 1);
    for (const size of [1, 20, 63, 64, 65, 200]) {
      const [password, salt] = [random.bytes(size - 1), random.bytes(size)];
      const expected = pbkdf2Sync(password, salt, 50, size, 'sha512').toString('hex');
      expect(hex(await crypto.pbkdf2Sha512(password, salt, 50, size))).toBe(expected);
    }
  });
});

describe('PBKDF2 of the portable provider', () => {
  const password = text('a password');
  const salt = text('a salt');
  const expected = pbkdf2Sync(password, salt, 300, 64, 'sha512').toString('hex');
  const derive = async (): Promise<string> =>
    hex(await portableCrypto.pbkdf2Sha512(password, salt, 300, 64));

  it('does without SubtleCrypto, as on pages that are not secure', async () => {
    vi.stubGlobal('crypto', {});
    expect(await derive()).toBe(expected);
    vi.stubGlobal('crypto', undefined);
    expect(await derive()).toBe(expected);
  });

  it('does without SubtleCrypto when that refuses', async () => {
    const importKey = vi.fn(() => Promise.reject(new Error('refused')));
    vi.stubGlobal('crypto', { subtle: { importKey } });
    expect(await derive()).toBe(expected);
    expect(importKey).toHaveBeenCalledOnce();
  });
});
