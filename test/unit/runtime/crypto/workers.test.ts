import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import {
  nodeMessageKey,
  startNodeIgeWorker,
} from '../../../../packages/runtime/src/crypto/provider/node/ige-worker.js';
import { portableCrypto } from '../../../../packages/runtime/src/crypto/provider/portable.js';
import { messageKey2 } from '../../../../packages/runtime/src/crypto/kdf.js';
import { wasmMessageKey } from '../../../../packages/runtime/src/crypto/workers/message-key.js';
import { WorkerPool } from '../../../../packages/runtime/src/crypto/workers/pool.js';
import type {
  IgeJob,
  IgeWorker,
  IgeWorkerEvents,
  WorkerHost,
} from '../../../../packages/runtime/src/crypto/workers/types.js';
import { Random } from '../../../support/random.js';

const MIB = 1024 * 1024;
const random = new Random(20_261);

/** Timers that a test lets run out. */
class Timers {
  readonly all = new Set<{ ms: number; callback: () => void }>();

  readonly after = (ms: number, callback: () => void): { cancel(): void } => {
    const one = { ms, callback };
    this.all.add(one);
    return { cancel: () => void this.all.delete(one) };
  };

  /** The only timer there is: how long it was set for. */
  fire(): number {
    expect(this.all.size).toBe(1);
    const [one] = this.all;
    this.all.delete(one!);
    one!.callback();
    return one!.ms;
  }
}

/** A worker that does what a test says: by default it keeps all jobs to itself. */
class FakeWorker implements IgeWorker {
  readonly jobs: IgeJob[] = [];
  held = false;
  ended = false;

  constructor(readonly events: IgeWorkerEvents) {}

  post(job: IgeJob): void {
    this.jobs.push(job);
  }

  hold(busy: boolean): void {
    this.held = busy;
  }

  end(): void {
    this.ended = true;
  }

  /** Answers the oldest job. */
  answer(): void {
    const { id, decrypt, buffer, key, iv } = this.jobs.shift()!;
    const data = new Uint8Array(buffer);
    const result = decrypt
      ? nodeCrypto.aesIgeDecrypt(data, key, iv)
      : nodeCrypto.aesIgeEncrypt(data, key, iv);
    this.events.onDone(id, result.buffer as ArrayBuffer);
  }
}

class FakeHost implements WorkerHost {
  readonly crypto = nodeCrypto;
  readonly messageKey = nodeMessageKey;
  readonly timers = new Timers();
  readonly after = this.timers.after;
  readonly workers: FakeWorker[] = [];
  starts = 0;

  constructor(readonly size = 2) {}

  start(events: IgeWorkerEvents): IgeWorker {
    this.starts++;
    const made = new FakeWorker(events);
    this.workers.push(made);
    return made;
  }
}

const pools: Timers[] = [];
afterEach(() => {
  // The end of an idle pool: no thread outlives its test.
  for (const timers of pools.splice(0)) if (timers.all.size > 0) timers.fire();
});

/** Real threads. */
function realPool(size = 2, start = startNodeIgeWorker): WorkerPool {
  const timers = new Timers();
  pools.push(timers);
  return new WorkerPool({
    crypto: nodeCrypto,
    size,
    start,
    messageKey: nodeMessageKey,
    after: timers.after,
  });
}

const expected = (
  direction: 'encrypt' | 'decrypt',
  data: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
): Uint8Array =>
  direction === 'encrypt'
    ? nodeCrypto.aesIgeEncrypt(data, key, iv)
    : nodeCrypto.aesIgeDecrypt(data, key, iv);

/** Buffer's comparison: `toEqual` takes seconds for a megabyte. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

describe('AES-IGE in threads', () => {
  it('gives what the provider gives, for every kind of size, both ways, and leaves its input', async () => {
    const pool = realPool();
    const sizes = [0, 16, 4096, 32_752, 32_768, 32_784, 65_536, 98_320, 524_288, MIB];
    const cases = sizes.flatMap((size) =>
      (['encrypt', 'decrypt'] as const).map((way) => ({ size, way })),
    );
    await Promise.all(
      cases.map(async ({ size, way }) => {
        const [data, key, iv] = [random.bytes(size), random.bytes(32), random.bytes(32)];
        const [dataBefore, keyBefore, ivBefore] = [data.slice(), key.slice(), iv.slice()];
        const result = await pool.ige(way, data, key, iv);
        expect(same(data, dataBefore) && same(key, keyBefore) && same(iv, ivBefore)).toBe(true);
        expect(same(result, expected(way, data, key, iv)), `${way} ${size}`).toBe(true);
      }),
    );
    expect(pool.threads).toBe(2);
    expect(pool.broken).toBe(false);
  });

  it('gives what the provider gives, whatever the data and wherever it lies', async () => {
    const pool = realPool();
    const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('encrypt' as const, 'decrypt' as const),
        fc.integer({ min: 1, max: 65_536 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer(),
        bytes32,
        bytes32,
        async (way, blocks, offset, seed, key, iv) => {
          const whole = new Random(seed).bytes(offset + (blocks % 16_384) * 16 + 7);
          const data = whole.subarray(offset, offset + (blocks % 16_384) * 16);
          expect(same(await pool.ige(way, data, key, iv), expected(way, data, key, iv))).toBe(true);
        },
      ),
      { seed: 6, numRuns: 60 },
    );
    expect(pool.broken).toBe(false);
  });

  it('takes bytes of shared memory', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(65_536));
    shared.set(random.bytes(65_536));
    const [key, iv] = [random.bytes(32), random.bytes(32)];
    const result = await realPool().ige('decrypt', shared, key, iv);
    expect(same(result, nodeCrypto.aesIgeDecrypt(shared.slice(), key, iv))).toBe(true);
  });

  it('refuses wrong lengths as the provider does', async () => {
    const pool = realPool();
    const [key, iv] = [new Uint8Array(32), new Uint8Array(32)];
    const refused = { code: 'bad-length' };
    await expect(pool.ige('encrypt', new Uint8Array(65_537), key, iv)).rejects.toMatchObject(
      refused,
    );
    await expect(
      pool.ige('decrypt', new Uint8Array(65_536), key.subarray(1), iv),
    ).rejects.toMatchObject(refused);
    await expect(
      pool.ige('decrypt', new Uint8Array(16), key, iv.subarray(1)),
    ).rejects.toMatchObject(refused);
    await expect(pool.open2(new Uint8Array(65_536), new Uint8Array(256), 8)).rejects.toMatchObject(
      refused,
    );
    expect(pool.threads).toBe(0);
  });
});

describe('packets in threads', () => {
  const authKey = random.bytes(256);
  const sealed = (size: number, x: 0 | 8): Uint8Array => {
    const packet = random.bytes(24 + size);
    nodeCrypto.seal2(packet, authKey, x);
    return packet;
  };

  it('opens what the provider seals, and leaves the packet', async () => {
    const pool = realPool();
    for (const size of [16, 4096, 32_768, 65_552, 524_304, MIB]) {
      for (const x of [0, 8] as const) {
        const packet = sealed(size, x);
        const before = packet.slice();
        const plain = await pool.open2(packet, authKey, x);
        expect(plain !== null && same(plain, nodeCrypto.open2(packet, authKey, x)!)).toBe(true);
        expect(same(packet, before)).toBe(true);
      }
    }
  });

  it('gives nothing for a packet that was changed anywhere, for another direction, for another key', async () => {
    const pool = realPool();
    const packet = sealed(65_536, 8);
    for (const at of [8, 23, 24, 32_000, 24 + 65_535]) {
      const changed = packet.slice();
      changed[at]! ^= 1;
      expect(await pool.open2(changed, authKey, 8)).toBeNull();
    }
    expect(await pool.open2(packet, authKey, 0)).toBeNull();
    expect(await pool.open2(packet, random.bytes(256), 8)).toBeNull();
    expect(await pool.open2(packet, authKey, 8)).not.toBeNull();
  });

  it('computes msg_key of a plaintext without a copy, with OpenSSL and with the module', () => {
    for (const size of [16, 32, 64, 32_720, 32_736, 32_752, 32_768, 65_504, 65_520, 100_000, MIB]) {
      const plain = random.bytes(size);
      for (const x of [0, 8] as const) {
        const key = messageKey2(nodeCrypto, authKey, plain, x);
        expect(same(nodeMessageKey(authKey, plain, x), key), `OpenSSL ${size}`).toBe(true);
        expect(same(wasmMessageKey(authKey, plain, x), key), `module ${size}`).toBe(true);
      }
    }
    // What it leaves behind does not disturb others.
    const [data, key, iv] = [random.bytes(64), random.bytes(32), random.bytes(32)];
    expect(
      portableCrypto.aesIgeDecrypt(portableCrypto.aesIgeEncrypt(data, key, iv), key, iv),
    ).toEqual(data);
  });
});

describe('a pool', () => {
  const data = random.bytes(65_536);
  const key = random.bytes(32);
  const iv = random.bytes(32);
  const plain = nodeCrypto.aesIgeDecrypt(data, key, iv);

  it('starts no thread for what is small, and only as many as there is work for', async () => {
    const host = new FakeHost(2);
    const pool = new WorkerPool(host);
    await pool.ige('decrypt', data.subarray(0, 32_752), key, iv);
    expect(host.starts).toBe(0);
    const first = pool.ige('decrypt', data, key, iv);
    expect(host.starts).toBe(1);
    host.workers[0]!.answer();
    expect(same(await first, plain)).toBe(true);
    const three = [1, 2, 3].map(() => pool.ige('decrypt', data, key, iv));
    expect(host.workers.map(({ jobs }) => jobs.length)).toEqual([2, 1]);
    for (const worker of host.workers) while (worker.jobs.length > 0) worker.answer();
    for (const one of await Promise.all(three)) expect(same(one, plain)).toBe(true);
    expect(host.starts).toBe(2);
  });

  it('compares all of msg_key, and leaves nothing of a packet that is not right', async () => {
    const authKey = random.bytes(256);
    const packet = random.bytes(24 + 65_536);
    nodeCrypto.seal2(packet, authKey, 8);
    for (let at = 0; at < 16; at++) {
      const host = new FakeHost(1);
      let seen: Uint8Array = new Uint8Array(1).fill(1);
      const pool = new WorkerPool(
        Object.assign(host, {
          messageKey: (key: Uint8Array, plain: Uint8Array, x: 0 | 8) => {
            seen = plain;
            const computed = Uint8Array.from(nodeMessageKey(key, plain, x));
            computed[at]! ^= 1;
            return computed;
          },
        }),
      );
      const opened = pool.open2(packet, authKey, 8);
      host.workers[0]!.answer();
      expect(await opened).toBeNull();
      expect(seen.every((byte) => byte === 0)).toBe(true);
    }
  });

  it('lets the process wait for work only, and ends threads that have none', async () => {
    const host = new FakeHost(1);
    const pool = new WorkerPool(host);
    const first = pool.ige('decrypt', data, key, iv);
    const second = pool.ige('encrypt', data, key, iv);
    const worker = host.workers[0]!;
    expect(worker.held).toBe(true);
    worker.answer();
    expect(worker.held).toBe(true);
    worker.answer();
    expect(worker.held).toBe(false);
    await Promise.all([first, second]);
    expect(host.timers.fire()).toBe(5_000);
    expect(worker.ended).toBe(true);
    expect(pool.threads).toBe(0);
    const third = pool.ige('decrypt', data, key, iv);
    expect(host.starts).toBe(2);
    host.workers[1]!.answer();
    expect(same(await third, plain)).toBe(true);
    expect(pool.broken).toBe(false);
  });

  it('does everything itself when no thread can be started', async () => {
    let tries = 0;
    const pool = realPool(2, () => {
      tries++;
      throw new Error('ERR_ACCESS_DENIED');
    });
    for (let i = 0; i < 3; i++)
      expect(same(await pool.ige('decrypt', data, key, iv), plain)).toBe(true);
    expect(tries).toBe(1);
    expect(pool.broken).toBe(true);
  });

  it('does itself what a thread took with it when it died', async () => {
    const host = new FakeHost(2);
    const pool = new WorkerPool(host);
    const two = [pool.ige('decrypt', data, key, iv), pool.ige('decrypt', data, key, iv)];
    host.workers[1]!.events.onLost();
    for (const one of await Promise.all(two)) expect(same(one, plain)).toBe(true);
    expect(host.workers.every(({ ended }) => ended)).toBe(true);
    // What comes after that is for nobody.
    host.workers[0]!.answer();
    host.workers[0]!.events.onLost();
    expect(same(await pool.ige('decrypt', data, key, iv), plain)).toBe(true);
    expect(host.starts).toBe(2);
    expect(host.timers.all.size).toBe(0);
  });

  it('gives up threads that say nothing', async () => {
    const host = new FakeHost(1);
    const pool = new WorkerPool(host);
    const job = pool.ige('decrypt', data, key, iv);
    expect(host.timers.fire()).toBe(20_000);
    expect(same(await job, plain)).toBe(true);
    expect(pool.broken).toBe(true);
    expect(host.workers[0]!.ended).toBe(true);
  });

  it('does itself what cannot be handed over', async () => {
    const host = new FakeHost(1);
    const pool = new WorkerPool(host);
    const first = pool.ige('decrypt', data, key, iv);
    host.workers[0]!.post = () => {
      throw new Error('DataCloneError');
    };
    const second = pool.ige('decrypt', data, key, iv);
    for (const one of await Promise.all([first, second])) expect(same(one, plain)).toBe(true);
    expect(pool.broken).toBe(true);
  });

  it('outlives a real thread that ends in the middle of its work', async () => {
    const started: IgeWorker[] = [];
    const pool = realPool(1, (events) => {
      const made = startNodeIgeWorker(events);
      started.push(made);
      return made;
    });
    const big = random.bytes(MIB);
    const result = nodeCrypto.aesIgeDecrypt(big, key, iv);
    expect(same(await pool.ige('decrypt', big, key, iv), result)).toBe(true);
    const jobs = Array.from({ length: 6 }, () => pool.ige('decrypt', big, key, iv));
    started[0]!.end();
    for (const one of await Promise.all(jobs)) expect(same(one, result)).toBe(true);
    expect(pool.broken).toBe(true);
  });
});
