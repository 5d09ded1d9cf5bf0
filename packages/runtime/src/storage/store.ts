import { HeldChanges, type HeldChange } from './held-changes.js';
import { migrate } from './migrations.js';
import { SaveTimer } from './save-timer.js';
import type { StoreOptions } from './store-options.js';
import { StorageError, type StorageChange, type StorageDriver } from './types.js';

export type { StoreOptions } from './store-options.js';

/** So many changes are written without waiting for the interval. */
const WRITE_EARLY = 10_000;
/** So many are kept while the storage cannot be written; then the oldest are lost. */
const KEEP_MOST = 100_000;
/** Seconds: at least that long until a write that failed is tried again. */
const RETRY_AFTER = 1;

/**
 * One storage, shared by all parts of a client. Every step waits for the ones before, so what was asked for last is
 * what stands.
 *
 * `commit` is for what must be on disk before the next thing happens: keys before their first use, a sign-in before
 * it is told, counters of secret chats before a message leaves. `later` is for what could be learned again, such as
 * peers: many changes of a key become one write.
 */
export class Store {
  private readonly held = new HeldChanges();
  private isOpen = false;
  /** No more is taken: the last step waits for its turn, or is over. */
  private closing = false;
  private order = 0;
  /** Settles, and never rejects, when the last step begun so far is over. */
  private last: Promise<void> = Promise.resolve();
  private readonly timer: SaveTimer;
  /** A write that nobody asked for waits for its turn. */
  private saving = false;
  private failing = false;

  constructor(
    private readonly driver: StorageDriver,
    private readonly options: StoreOptions,
  ) {
    const after: StoreOptions['after'] = (ms, callback) => options.after(ms, callback);
    this.timer = new SaveTimer(after, () => this.save());
  }

  /**
   * Opens the storage and brings its format up to date; does nothing when it is open.
   *
   * @throws StorageError `locked`, `damaged`, `newer`, `passphrase`, `unsupported`, `io`.
   */
  open(): Promise<void> {
    this.closing = false;
    return this.inOrder(async () => {
      if (this.isOpen) return;
      await this.driver.open();
      try {
        await migrate(this.driver);
      } catch (error) {
        // Why it cannot be read is what has to be told, not what comes of it.
        await this.driver.close().catch(() => undefined);
        throw error;
      }
      this.isOpen = true;
    });
  }

  /** @throws StorageError `closed`, `io`, `damaged`. */
  get(space: string, key: string): Promise<Uint8Array | null> {
    const held = this.held.get(space, key);
    if (held) return Promise.resolve(copy(held.value));
    return this.inOrder(async () => {
      this.checkOpen();
      // A write that failed meanwhile may have given something back.
      const back = this.held.get(space, key);
      return back ? copy(back.value) : this.driver.get(space, key);
    });
  }

  /** All of a space. @throws StorageError `closed`, `io`, `damaged`. */
  list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]> {
    const before = this.held.in(space);
    return this.inOrder(async () => {
      this.checkOpen();
      const entries = new Map(await this.driver.list(space));
      const held = [...before, ...this.held.in(space)].sort((a, b) => a.order - b.order);
      for (const { key, value } of held) {
        if (value) entries.set(key, new Uint8Array(value));
        else entries.delete(key);
      }
      return [...entries];
    });
  }

  /**
   * Writes several changes as one; what {@link later} holds of the same keys is superseded.
   *
   * @throws StorageError `closed`, `io`: then none of them is written.
   */
  commit(changes: readonly StorageChange[]): Promise<void> {
    if (this.closing) return closed();
    const order = ++this.order;
    const taken = changes.map(({ space, key, value }) => ({ space, key, value: copy(value) }));
    const superseded = this.supersede(taken, order);
    return this.inOrder(async () => {
      try {
        this.checkOpen();
        if (taken.length > 0) await this.driver.commit(taken);
      } catch (error) {
        // As if it had never been asked for.
        for (const change of superseded) this.held.put(change);
        if (this.held.size > 0) this.armAgain();
        throw error;
      }
      // What a failed commit before this one gave back is old now.
      this.supersede(taken, order);
    });
  }

  /**
   * Takes changes that may wait. They are seen at once, and written as one with all others that wait when the
   * interval is over, at {@link flush} and at {@link close}. With an interval of 0 it is {@link commit}.
   *
   * @throws StorageError `closed`; with an interval of 0 also `io`.
   */
  later(changes: readonly StorageChange[]): Promise<void> {
    if (this.closing || !this.isOpen) return closed();
    const seconds = this.options.saveInterval();
    if (!(seconds > 0)) {
      if (this.held.size > 0) this.save();
      return this.commit(changes);
    }
    const order = ++this.order;
    for (const { space, key, value } of changes) {
      this.held.put({ space, key, value: copy(value), order });
    }
    if (this.held.size >= WRITE_EARLY && !this.failing) this.save();
    else this.timer.arm(seconds);
    return Promise.resolve();
  }

  /** The interval may have become shorter: that counts for what waits already, too. */
  hasten(): void {
    if (this.held.size > 0 && !this.closing && !this.failing)
      this.timer.arm(this.options.saveInterval());
  }

  /** Resolves when all that was asked for before is durable. @throws StorageError `closed`, `io`. */
  flush(): Promise<void> {
    if (this.closing) return closed();
    return this.write();
  }

  /**
   * Writes what waits, and lets go of the storage; does nothing unless it was opened.
   *
   * @throws StorageError `io` when something could not be written; it is let go of all the same.
   */
  close(): Promise<void> {
    this.closing = true;
    this.timer.disarm();
    return this.inOrder(async () => {
      if (!this.isOpen) return;
      try {
        await this.writeHeld(this.held.all());
      } finally {
        this.isOpen = false;
        this.held.clear();
        await this.driver.close();
      }
    });
  }

  private supersede(changes: readonly StorageChange[], order: number): HeldChange[] {
    return changes.flatMap(({ space, key }) => this.held.dropOlder(space, key, order) ?? []);
  }

  private write(): Promise<void> {
    this.timer.disarm();
    const order = ++this.order;
    const held = this.held.all();
    return this.inOrder(async () => {
      this.checkOpen();
      // What has come since may wait, but not what a commit that failed has given back.
      const back = this.held.all().filter((change) => change.order < order);
      try {
        await this.writeHeld([...new Set([...held, ...back])]);
        this.failing = false;
      } catch (error) {
        this.failing = true;
        throw error;
      } finally {
        // A storage that fails is not asked without a pause.
        if (this.held.size > 0) this.armAgain();
      }
    });
  }

  private async writeHeld(changes: readonly HeldChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.driver.commit(changes);
    for (const { space, key, order } of changes) this.held.dropOlder(space, key, order + 1);
  }

  /** Writes what waits, when nobody waits for that. */
  private save(): void {
    if (this.saving) return;
    this.saving = true;
    void this.write()
      .catch((error: unknown) => this.options.onError?.(this.forgetSome(error)))
      .finally(() => (this.saving = false));
  }

  /** Memory has an end too. @returns the error to tell. */
  private forgetSome(cause: unknown): unknown {
    const lost = this.held.all().slice(0, Math.max(0, this.held.size - KEEP_MOST));
    if (lost.length === 0) return cause;
    for (const { space, key, order } of lost) this.held.dropOlder(space, key, order + 1);
    const text = `The storage cannot be written: ${lost.length} changes that waited longest are lost`;
    return new StorageError('io', text, { cause });
  }

  private armAgain(): void {
    if (!this.closing) this.timer.arm(Math.max(this.options.saveInterval(), RETRY_AFTER));
  }

  private checkOpen(): void {
    if (!this.isOpen) throw closedError();
  }

  /** One step after the other, also after one that failed: the last word has to be the newest. */
  private inOrder<T>(step: () => Promise<T>): Promise<T> {
    const run = this.last.then(step);
    // Whoever awaits it is told; a rejection that nobody awaits is not an accident of the process.
    this.last = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  }
}

/** Not `slice()`: that of a Buffer is no copy. */
function copy(value: Uint8Array | null): Uint8Array | null {
  return value && new Uint8Array(value);
}

function closedError(): StorageError {
  return new StorageError(
    'closed',
    'The storage is not open: the client has not connected, or was closed',
  );
}

function closed(): Promise<never> {
  const rejected = Promise.reject(closedError());
  rejected.catch(() => undefined);
  return rejected;
}
