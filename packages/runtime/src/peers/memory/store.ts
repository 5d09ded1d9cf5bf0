import type { Registry } from '@tlgen/codec';
import type { Log } from '../../core/logger.js';
import { StorageError, type StorageChange } from '../../storage/types.js';
import { Lru } from './lru.js';
import { PEER_SPACE, readPeer, writePeer, type PeerRecord } from './records.js';
import { merge, sightings, type Sighting } from './sighting.js';

/** The part of a client's `Store` that peers need. */
export interface PeerStorage {
  get(space: string, key: string): Promise<Uint8Array | null>;
  list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]>;
  commit(changes: readonly StorageChange[]): Promise<void>;
  later(changes: readonly StorageChange[]): Promise<void>;
  flush(): Promise<void>;
}

export interface PeerStoreOptions {
  readonly registry: Registry;
  /** What one world tells is never used in the other. */
  readonly world: 'main' | 'test';
  readonly log: Log;
  /** Wall clock, milliseconds. */
  now(): number;
  /** Peers held in memory; the storage holds all. Default 5,000. */
  readonly cached?: number | undefined;
}

const CACHED = 5_000;

/**
 * All users, groups and channels that were seen, with their access hashes ("Peers and access hashes", "Min
 * constructors" in the protocol's documentation). Sightings count one after the other, in the order of `learn`, and
 * whatever is asked sees those before it. A username or phone number belongs to the peer that was last seen with it.
 */
export class PeerStore {
  private readonly cache: Lru<bigint, PeerRecord>;
  /** Settles, and never rejects, when all sightings so far count; null: they do. */
  private pending: Promise<void> | null = null;
  private steps = 0;

  constructor(
    private readonly storage: PeerStorage,
    private readonly options: PeerStoreOptions,
  ) {
    this.cache = new Lru(options.cached ?? CACHED);
  }

  /** How many peers memory holds. */
  get cached(): number {
    return this.cache.size;
  }

  /**
   * Takes in the users and chats of an answer or update. Returns nothing when they say nothing new, else what resolves
   * when they are stored as durably as the storage's save interval promises.
   */
  learn(value: unknown): void | Promise<void> {
    const seen = sightings(this.options.registry, value, this.options.now());
    if (seen.length === 0 || (!this.pending && seen.every((one) => this.isKnown(one)))) return;
    return this.inOrder(() => this.apply(seen));
  }

  /** By marked id, from memory; undefined: not there, the storage may know. */
  peek(marked: bigint): PeerRecord | undefined {
    return this.cache.get(marked);
  }

  /** By marked id. */
  async get(marked: bigint): Promise<PeerRecord | null> {
    await this.pending;
    return this.load(marked);
  }

  /** By a username, in any case, without @. */
  byUsername(name: string): Promise<PeerRecord | null> {
    const lower = name.toLowerCase();
    return this.indexed(PEER_SPACE.name, lower, (peer) => peer.usernames.includes(lower));
  }

  /** By a phone number: digits only. */
  byPhone(phone: string): Promise<PeerRecord | null> {
    return this.indexed(PEER_SPACE.phone, phone, (peer) => peer.phone === phone);
  }

  /** Forgets everybody: access hashes are worth nothing to another account. */
  forgetAll(): Promise<void> {
    return this.inOrder(async () => {
      this.cache.clear();
      const changes: StorageChange[] = [];
      for (const space of Object.values(PEER_SPACE)) {
        for (const [key] of await this.storage.list(space))
          if (key.startsWith(`${this.options.world}:`)) changes.push({ space, key, value: null });
      }
      if (changes.length > 0) await this.storage.commit(changes);
    });
  }

  /** Everything learned so far is durable when it resolves. */
  async flush(): Promise<void> {
    await this.pending;
    await this.storage.flush();
  }

  private inOrder(step: () => Promise<void>): Promise<void> {
    const before = this.pending;
    this.steps++;
    const run = (async () => {
      await before;
      try {
        await step();
      } finally {
        if (--this.steps === 0) this.pending = null;
      }
    })();
    // The next step does not care how this one ended.
    this.pending = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  }

  private isKnown(sighting: Sighting): boolean {
    const known = this.cache.get(sighting.marked);
    return known !== undefined && merge(known, sighting) === known;
  }

  private async apply(seen: readonly Sighting[]): Promise<void> {
    const changes = new Changes(this.options.world);
    const changed = new Map<bigint, PeerRecord>();
    const current = async (marked: bigint): Promise<PeerRecord | null> =>
      changed.get(marked) ?? (await this.load(marked));
    const put = (marked: bigint, peer: PeerRecord): void => {
      changed.set(marked, peer);
      changes.put(PEER_SPACE.peer, String(marked), writePeer(peer));
    };
    /** Whoever had the name before has it no more; records and index never disagree. */
    const take = async (space: string, name: string, marked: bigint): Promise<void> => {
      const inBatch = changes.get(space, name);
      const owner = inBatch === undefined ? await this.storage.get(space, this.key(name)) : inBatch;
      const before = owner && readMark(owner);
      if (before !== null && before !== marked) {
        const loser = await current(before);
        if (loser) put(before, without(loser, space, name));
      }
      changes.put(space, name, new TextEncoder().encode(String(marked)));
    };
    for (const sighting of seen) {
      const { marked } = sighting;
      const known = await current(marked);
      const next = merge(known, sighting);
      if (next === known) continue;
      for (const name of known?.usernames ?? [])
        if (!next.usernames.includes(name)) changes.put(PEER_SPACE.name, name, null);
      if (known?.phone && known.phone !== next.phone)
        changes.put(PEER_SPACE.phone, known.phone, null);
      for (const name of next.usernames)
        if (!known?.usernames.includes(name)) await take(PEER_SPACE.name, name, marked);
      if (next.phone && next.phone !== known?.phone)
        await take(PEER_SPACE.phone, next.phone, marked);
      put(marked, next);
    }
    if (changed.size === 0) return;
    const stored = this.storage.later(changes.list());
    // What `later` was given is seen by `get` at once; memory must not say otherwise.
    for (const [marked, peer] of changed) this.cache.set(marked, peer);
    try {
      await stored;
    } catch (error) {
      // Else the next sighting would find nothing new, and nothing would ever be written.
      for (const marked of changed.keys()) this.cache.delete(marked);
      throw error;
    }
  }

  private async indexed(
    space: string,
    name: string,
    fits: (peer: PeerRecord) => boolean,
  ): Promise<PeerRecord | null> {
    await this.pending;
    const value = await this.storage.get(space, this.key(name));
    const marked = value && readMark(value);
    const peer = marked === null ? null : await this.load(marked);
    return peer && fits(peer) ? peer : null;
  }

  private async load(marked: bigint): Promise<PeerRecord | null> {
    const cached = this.cache.get(marked);
    if (cached) return cached;
    const bytes = await this.storage.get(PEER_SPACE.peer, this.key(String(marked)));
    if (!bytes) return null;
    try {
      const peer = readPeer(bytes);
      this.cache.set(marked, peer);
      return peer;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      // One that cannot be read is one that was never seen: it is learned again.
      this.options.log.log('warning', `peer ${marked}: ${error.message}`);
      return null;
    }
  }

  private key(name: string): string {
    return `${this.options.world}:${name}`;
  }
}

/** Changes of one commit, the last of each key. */
class Changes {
  private readonly byKey = new Map<string, StorageChange>();

  constructor(private readonly world: string) {}

  put(space: string, name: string, value: Uint8Array | null): void {
    const key = `${this.world}:${name}`;
    this.byKey.set(`${space} ${key}`, { space, key, value });
  }

  /** undefined: not changed yet. */
  get(space: string, name: string): Uint8Array | null | undefined {
    return this.byKey.get(`${space} ${this.world}:${name}`)?.value;
  }

  list(): readonly StorageChange[] {
    return [...this.byKey.values()];
  }
}

function readMark(bytes: Uint8Array): bigint | null {
  const text = new TextDecoder().decode(bytes);
  return /^-?\d{1,20}$/.test(text) ? BigInt(text) : null;
}

function without(peer: PeerRecord, space: string, name: string): PeerRecord {
  if (space === PEER_SPACE.phone) return peer.phone === name ? { ...peer, phone: null } : peer;
  return { ...peer, usernames: peer.usernames.filter((one) => one !== name) };
}
