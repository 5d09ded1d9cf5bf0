import { equalBytes } from '../compare.js';
import { deriveKeys2 } from '../kdf.js';
import { checkIge, checkPacket } from '../provider/lengths.js';
import type { KeyOffset } from '../provider/types.js';
import type { CryptoWorkers } from '../workers.js';
import type { IgeWorker, WorkerHost } from './types.js';

/** Below this, handing over costs more than it brings (measured). Bytes. */
const THRESHOLD = 32_768;
/** Threads that have nothing to do for so long are ended, milliseconds. */
const IDLE = 5_000;
/** Threads that have something to do and say nothing for so long are given up, milliseconds. */
const SILENCE = 20_000;
/** auth_key_id and msg_key. */
const HEADER = 24;

interface Job {
  readonly hand: Hand;
  /** What has to be done, should it have to be done again. */
  readonly decrypt: boolean;
  readonly data: Uint8Array;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  resolve(result: Uint8Array): void;
  reject(error: unknown): void;
}

/** A thread and how many jobs it has. */
interface Hand {
  readonly worker: IgeWorker;
  busy: number;
}

/**
 * Some threads for AES-IGE: started when they are first needed, ended when they are not needed any more. Once one of
 * them fails, everything is done by the provider: what made it fail would make the next one fail.
 */
export class WorkerPool implements CryptoWorkers {
  readonly threshold = THRESHOLD;
  private readonly hands: Hand[] = [];
  private readonly jobs = new Map<number, Job>();
  private lastId = 0;
  private failed = false;
  private timer: { cancel(): void } | null = null;

  constructor(private readonly host: WorkerHost) {}

  /** How many threads there are now. */
  get threads(): number {
    return this.hands.length;
  }

  /** Whether threads have failed, so that there are none any more. */
  get broken(): boolean {
    return this.failed;
  }

  async ige(
    direction: 'encrypt' | 'decrypt',
    data: Uint8Array,
    key: Uint8Array,
    iv: Uint8Array,
  ): Promise<Uint8Array> {
    checkIge(data, key, iv);
    return this.run(direction === 'decrypt', data, key, iv);
  }

  async open2(packet: Uint8Array, authKey: Uint8Array, x: KeyOffset): Promise<Uint8Array | null> {
    checkPacket(packet, authKey);
    const { crypto } = this.host;
    if (this.failed || packet.length - HEADER < THRESHOLD) return crypto.open2(packet, authKey, x);
    const expected = packet.subarray(8, HEADER);
    const { key, iv } = deriveKeys2(crypto, authKey, expected, x);
    const plain = await this.run(true, packet.subarray(HEADER), key, iv);
    key.fill(0);
    iv.fill(0);
    if (equalBytes(this.host.messageKey(authKey, plain, x), expected)) return plain;
    plain.fill(0);
    return null;
  }

  private run(
    decrypt: boolean,
    data: Uint8Array,
    key: Uint8Array,
    iv: Uint8Array,
  ): Promise<Uint8Array> | Uint8Array {
    if (this.failed || data.length < THRESHOLD) return this.here(decrypt, data, key, iv);
    const hand = this.hand();
    if (hand === null) return this.here(decrypt, data, key, iv);
    const id = ++this.lastId;
    const result = new Promise<Uint8Array>((resolve, reject) => {
      this.jobs.set(id, { hand, decrypt, data, key, iv, resolve, reject });
    });
    try {
      if (hand.busy++ === 0) hand.worker.hold(true);
      hand.worker.post({ id, decrypt, buffer: copyOf(data), key, iv });
      this.wait();
    } catch {
      this.fail();
    }
    return result;
  }

  /** On this thread. */
  private here(decrypt: boolean, data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
    const { crypto } = this.host;
    return decrypt ? crypto.aesIgeDecrypt(data, key, iv) : crypto.aesIgeEncrypt(data, key, iv);
  }

  /** The thread with the least to do; a new one when all are at work and there may be more. */
  private hand(): Hand | null {
    let least: Hand | null = null;
    for (const hand of this.hands) if (least === null || hand.busy < least.busy) least = hand;
    if (least !== null && (least.busy === 0 || this.hands.length >= this.host.size)) return least;
    try {
      const worker = this.host.start({
        onDone: (id, buffer) => this.done(id, buffer),
        onLost: () => {
          if (this.hands.some((one) => one.worker === worker)) this.fail();
        },
      });
      const hand = { worker, busy: 0 };
      this.hands.push(hand);
      return hand;
    } catch {
      this.fail();
      return null;
    }
  }

  private done(id: number, buffer: ArrayBuffer): void {
    const job = this.jobs.get(id);
    if (job === undefined) return;
    this.jobs.delete(id);
    if (--job.hand.busy === 0) job.hand.worker.hold(false);
    this.wait();
    job.resolve(new Uint8Array(buffer));
  }

  /** For good. What was handed over is done here. */
  private fail(): void {
    if (this.failed) return;
    this.failed = true;
    this.end();
    const jobs = [...this.jobs.values()];
    this.jobs.clear();
    for (const { decrypt, data, key, iv, resolve, reject } of jobs) {
      try {
        resolve(this.here(decrypt, data, key, iv));
      } catch (error) {
        reject(error);
      }
    }
  }

  private end(): void {
    this.timer?.cancel();
    this.timer = null;
    for (const { worker } of this.hands.splice(0)) worker.end();
  }

  /** From now on: until somebody has to be given up, or until nobody is needed. */
  private wait(): void {
    this.timer?.cancel();
    const busy = this.jobs.size > 0;
    this.timer = this.host.after(busy ? SILENCE : IDLE, () => (busy ? this.fail() : this.end()));
  }
}

/** A copy that can be handed over. */
function copyOf(data: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, length } = data;
  if (buffer instanceof ArrayBuffer) return buffer.slice(byteOffset, byteOffset + length);
  const copy = new ArrayBuffer(length);
  new Uint8Array(copy).set(data);
  return copy;
}
