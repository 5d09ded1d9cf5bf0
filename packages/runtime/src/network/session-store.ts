import {
  accountChange,
  jsonBytes,
  keyChange,
  readAccount,
  readJson,
  readKey,
  SPACE,
  type AccountRecord,
  type KeyRecord,
} from '../storage/records.js';
import type { Store } from '../storage/store.js';
import type { StorageChange } from '../storage/types.js';
import type { DataCenterAddress } from './types.js';
import { readAddresses, writeAddresses } from './stored-addresses.js';

/**
 * What the network keeps: keys of data centers, who is signed in, and addresses. All of it is read once; what changes
 * is seen at once and durable when the promise resolves. What belongs together is one commit, commits keep their
 * order, so whatever moment a process dies at, the next one finds a usable session or a clean start.
 *
 * What has to be on disk before what; each line is one commit that is awaited:
 *
 * 1. The stamp of the format before anything else of that format.
 * 2. A new auth key, and that nobody is signed in with the old one, before the first message under the new one.
 * 3. Another home data center before the sign-in goes on there.
 * 4. The account together with the owner of its key, before `signIn` resolves.
 * 5. The owner of a key elsewhere before a call counts on the imported authorization.
 * 6. That nobody is signed in, together with the keys that are given up, before `logOut` resolves.
 */
export class SessionStore {
  private readonly records = new Map<number, KeyRecord>();
  /** Called when somebody else is signed in than before, or nobody. */
  onUser: (() => void) | undefined;
  private current: AccountRecord;
  private fetched: readonly DataCenterAddress[] = [];
  private expires = 0;
  /** While it is being opened. */
  private opening: Promise<void> | null = null;

  constructor(
    private readonly store: Store,
    /** `main` or `test`: what one world tells is never used in the other. */
    private readonly world: 'main' | 'test',
    homeDc: number,
  ) {
    this.current = { homeDc, userId: null, bot: false };
  }

  /** @throws StorageError as {@link Store.open} does; `damaged`. */
  open(): Promise<void> {
    this.opening ??= this.openAndLoad().finally(() => (this.opening = null));
    return this.opening;
  }

  private async openAndLoad(): Promise<void> {
    await this.store.open();
    try {
      await this.load();
    } catch (error) {
      // Why it cannot be read is what has to be told, not what comes of it.
      await this.store.close().catch(() => undefined);
      throw error;
    }
  }

  private async load(): Promise<void> {
    const prefix = `${this.world}:`;
    for (const [name, value] of await this.store.list(SPACE.key)) {
      if (name.startsWith(prefix))
        this.records.set(Number(name.slice(prefix.length)), readKey(value));
    }
    const account = await this.store.get(SPACE.account, this.world);
    if (account) this.current = readAccount(account);
    const config = await this.store.get(SPACE.config, this.world);
    if (config)
      ({ addresses: this.fetched, expires: this.expires } = readAddresses(
        readJson(config, 'config'),
      ));
    const { homeDc, userId } = this.current;
    // A key that was taken away by hand: nobody is signed in without it.
    if (userId !== null && this.records.get(homeDc)?.userId !== userId) {
      this.current = { homeDc, userId: null, bot: false };
    }
  }

  get account(): AccountRecord {
    return this.current;
  }

  key(dc: number): KeyRecord | undefined {
    return this.records.get(dc);
  }

  get addresses(): readonly DataCenterAddress[] {
    return this.fetched;
  }

  /** Server time, seconds, until which the addresses are good. */
  get addressesExpire(): number {
    return this.expires;
  }

  /** A new key: whoever was signed in with the old one is so no more. */
  newKey(dc: number, key: Uint8Array, salt: bigint, createdAt: number): Promise<void> {
    return this.commit([
      this.putKey(dc, { key, salt, createdAt, userId: null }),
      ...this.signedOutAt(dc),
    ]);
  }

  /** The server has forgotten the key. */
  lostKey(dc: number): Promise<void> {
    return this.commit([this.putKey(dc, null), ...this.signedOutAt(dc)]);
  }

  salt(dc: number, salt: bigint): Promise<void> {
    const record = this.records.get(dc);
    if (!record || record.salt === salt) return Promise.resolve();
    return this.commit([this.putKey(dc, { ...record, salt })]);
  }

  /** The user has to sign in at that data center. */
  setHome(homeDc: number): Promise<void> {
    return this.commit([this.putAccount({ ...this.current, homeDc })]);
  }

  /** Someone signed in at the home data center. */
  signedIn(userId: bigint, bot: boolean): Promise<void> {
    const { homeDc } = this.current;
    return this.commit([...this.own(homeDc, userId), this.putAccount({ homeDc, userId, bot })]);
  }

  /** The authorization of the user reached another data center; null: it is void there. */
  imported(dc: number, userId: bigint | null): Promise<void> {
    return this.commit(this.own(dc, userId));
  }

  /** @param dropKey - the key of the home data center cannot be used any more. */
  signedOut(dropKey: boolean): Promise<void> {
    const { homeDc } = this.current;
    const changes = [...this.records.keys()].flatMap((dc) => this.own(dc, null));
    if (dropKey) changes.push(this.putKey(homeDc, null));
    changes.push(this.putAccount({ homeDc, userId: null, bot: false }));
    return this.commit(changes);
  }

  /** Nobody is signed in, and all keys of this world are given up. */
  forgetKeys(): Promise<void> {
    const gone = [...this.records.keys()].map((dc) => this.putKey(dc, null));
    const { homeDc } = this.current;
    return this.commit([...gone, this.putAccount({ homeDc, userId: null, bot: false })]);
  }

  /** Data centers whose keys are that user's. */
  ownedBy(userId: bigint): readonly number[] {
    return [...this.records].flatMap(([dc, record]) => (record.userId === userId ? [dc] : []));
  }

  /** What `help.getConfig` told. */
  learned(addresses: readonly DataCenterAddress[], expires: number): Promise<void> {
    this.fetched = addresses;
    this.expires = expires;
    const value = jsonBytes(writeAddresses(addresses, expires));
    return this.commit([{ space: SPACE.config, key: this.world, value }]);
  }

  /** Waits for what is under way, then lets go of the storage, if it is this client's. */
  close(): Promise<void> {
    if (!this.opening) return this.store.close();
    const opened = this.opening.catch(() => undefined);
    return opened.then(() => this.store.close());
  }

  private signedOutAt(dc: number): StorageChange[] {
    if (dc !== this.current.homeDc || this.current.userId === null) return [];
    return [this.putAccount({ homeDc: dc, userId: null, bot: false })];
  }

  private own(dc: number, userId: bigint | null): StorageChange[] {
    const record = this.records.get(dc);
    return record ? [this.putKey(dc, { ...record, userId })] : [];
  }

  private putKey(dc: number, record: KeyRecord | null): StorageChange {
    if (record) this.records.set(dc, record);
    else this.records.delete(dc);
    return keyChange(`${this.world}:${dc}`, record);
  }

  private putAccount(account: AccountRecord): StorageChange {
    const { userId } = this.current;
    this.current = account;
    if (userId !== account.userId) this.onUser?.();
    return accountChange(this.world, account);
  }

  /** Never later: each of them has to be on disk before the network goes on. */
  private commit(changes: readonly StorageChange[]): Promise<void> {
    return this.store.commit(changes);
  }
}
