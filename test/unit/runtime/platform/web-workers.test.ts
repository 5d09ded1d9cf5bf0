import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import type { WorkerPool } from '../../../../packages/runtime/src/crypto/workers/pool.js';
import {
  webWorkersOf,
  type WebWorkerEvents,
  type WebWorkerHost,
  type WebWorkerLike,
} from '../../../../packages/runtime/src/platform/web-workers.js';
import { Random } from '../../../support/random.js';

/** What a worker of a browser has, made of what a thread of Node has. It has no `require`. */
const GLOBALS = `
const port = require('node:worker_threads').parentPort;
globalThis.self = { onmessage: null, postMessage: (message, transfer) => port.postMessage(message, transfer) };
port.on('message', (data) => self.onmessage({ data }));
`;

const threads = new Set<Worker>();
afterEach(async () => {
  for (const thread of threads) await thread.terminate();
  threads.clear();
});

/** A browser with so many cores. */
class FakeBrowser {
  readonly urls = new Map<string, string>();
  made = 0;
  /** What workers run instead. */
  program: string | null = null;
  readonly navigator: { readonly hardwareConcurrency?: number };
  readonly Blob: NonNullable<WebWorkerHost['Blob']>;
  readonly URL: NonNullable<WebWorkerHost['URL']>;
  readonly Worker: NonNullable<WebWorkerHost['Worker']>;

  constructor(cores: number) {
    this.navigator = { hardwareConcurrency: cores };
    const { urls } = this;
    const world = { made: () => this.made++, program: () => this.program };
    this.Blob = class {
      readonly text: string;
      constructor(parts: readonly string[], options: { type: string }) {
        expect(options.type).toBe('text/javascript');
        this.text = parts.join('');
      }
    };
    this.URL = {
      createObjectURL(blob) {
        const url = `blob:${urls.size}`;
        urls.set(url, (blob as { text: string }).text);
        return url;
      },
      revokeObjectURL: (url) => void urls.delete(url),
    };
    this.Worker = class implements WebWorkerLike {
      readonly thread: Worker;

      constructor(url: string) {
        world.made();
        const source =
          world.program() ?? `${GLOBALS}{ const require = undefined;\n${urls.get(url)} }`;
        this.thread = new Worker(source, { eval: true });
        threads.add(this.thread);
      }

      addEventListener<K extends keyof WebWorkerEvents>(
        type: K,
        listener: (event: WebWorkerEvents[K]) => void,
      ): void {
        const tell = listener as (event: object) => void;
        this.thread.on(type, (value: unknown) => tell(type === 'message' ? { data: value } : {}));
      }

      postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void {
        this.thread.postMessage(message, [...transfer]);
      }

      terminate(): void {
        void this.thread.terminate();
      }
    };
  }
}

const random = new Random(9);
const data = random.bytes(300_000 - (300_000 % 16));
const [key, iv] = [random.bytes(32), random.bytes(32)];
const decrypted = nodeCrypto.aesIgeDecrypt(data, key, iv);
const encrypted = nodeCrypto.aesIgeEncrypt(data, key, iv);
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe('workers of browsers', () => {
  it('are not there for one core, nor where there are none', () => {
    const { Worker: made, Blob, URL, navigator } = new FakeBrowser(4);
    expect(
      webWorkersOf({ Worker: made, Blob, URL, navigator: { hardwareConcurrency: 1 } }),
    ).toBeUndefined();
    expect(webWorkersOf({ Worker: made, Blob, URL, navigator: {} })).toBeUndefined();
    expect(webWorkersOf({ Worker: made, Blob, URL })).toBeUndefined();
    expect(webWorkersOf({ Blob, URL, navigator })).toBeUndefined();
    expect(webWorkersOf({})).toBeUndefined();
  });

  it('give what the provider gives, both ways, and keep no address of their program', async () => {
    const browser = new FakeBrowser(2);
    const pool = webWorkersOf(browser) as WorkerPool;
    const before = data.slice();
    const all = await Promise.all([
      pool.ige('decrypt', data, key, iv),
      pool.ige('encrypt', data, key, iv),
      pool.ige('decrypt', data, key, iv),
    ]);
    expect([decrypted, encrypted, decrypted].every((one, i) => same(one, all[i]!))).toBe(true);
    expect(same(data, before)).toBe(true);
    expect(browser.made).toBe(2);
    expect(pool.broken).toBe(false);
    expect(browser.urls.size).toBe(0);
  });

  it('open packets, and nothing of those that were changed', async () => {
    const pool = webWorkersOf(new FakeBrowser(2)) as WorkerPool;
    const authKey = random.bytes(256);
    const packet = random.bytes(24 + 65_536);
    nodeCrypto.seal2(packet, authKey, 8);
    const plain = nodeCrypto.open2(packet, authKey, 8)!;
    expect(same((await pool.open2(packet, authKey, 8))!, plain)).toBe(true);
    packet[40_000]! ^= 1;
    expect(await pool.open2(packet, authKey, 8)).toBeNull();
    expect(pool.broken).toBe(false);
  });

  it('are done without where a policy forbids them, at once or later', async () => {
    const atOnce = new FakeBrowser(2);
    const refuse = function refuse(): never {
      throw new Error('SecurityError');
    };
    Object.assign(atOnce, { Worker: refuse });
    const later = new FakeBrowser(2);
    later.program = 'throw new Error("refused to load")';
    const unreachable = new FakeBrowser(2);
    Object.assign(unreachable, { URL: {} });
    for (const browser of [atOnce, later, unreachable]) {
      const pool = webWorkersOf(browser) as WorkerPool;
      const jobs = [pool.ige('decrypt', data, key, iv), pool.ige('encrypt', data, key, iv)];
      const [first, second] = await Promise.all(jobs);
      expect(same(first!, decrypted) && same(second!, encrypted)).toBe(true);
      expect(pool.broken).toBe(true);
      expect(browser.urls.size).toBe(0);
    }
  });
});
