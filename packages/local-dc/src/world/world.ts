import type { CryptoProvider } from '@tlgen/runtime/crypto';
import type { TypeUpdates } from '@tlgen/telegram';
import { Box } from './box.js';
import type { Channel } from './channels/channel.js';
import { personal } from './files/personal.js';
import { FileStore } from './files/store.js';
import type { Invite } from './invites.js';
import { Logins } from './logins.js';
import { Names } from './names.js';
import { SecretChats } from './secret-chat-book.js';
import type { Authorization, Chat, Delivery, PeerKey, User } from './types.js';
import { UpdateSettings } from './update-settings.js';
import { CallbackQueries } from './callback-queries.js';

/** Where clients reach a data center: what `help.getConfig` lists. */
export interface DcAddress {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  /** Keeps copies of files, and knows nobody. */
  readonly cdn?: boolean | undefined;
}

/** What a world is made from. */
export interface WorldOptions {
  readonly crypto: CryptoProvider;
  /** Server time in seconds. */
  readonly now: () => number;
  readonly dataCenters: readonly number[];
  /** Those of the CDN. Default: none. */
  readonly cdnDataCenters?: readonly number[] | undefined;
  /** The public RSA key of the CDN, PEM. */
  readonly cdnKey?: string | undefined;
  /** The code of every sign-in. */
  readonly loginCode: string;
  /** Takes updates to the sessions they are for. */
  readonly deliver: (delivery: Delivery) => void;
  /** Does something later; without it nothing ever comes too late. */
  readonly after?: ((milliseconds: number, run: () => void) => { cancel(): void }) | undefined;
  /** Takes updates to the sessions of a key, whether anybody is signed in there or not. */
  readonly deliverToKey: (keyId: bigint, updates: TypeUpdates) => void;
}

/**
 * All that the data centers know: users, groups, messages, sign-ins. Data and functions on it; it does no I/O, and time
 * and randomness come in, so the same calls give the same world.
 */
export class World {
  readonly crypto: CryptoProvider;
  readonly users = new Map<bigint, User>();
  readonly chats = new Map<bigint, Chat>();
  /** Channels and supergroups. */
  readonly channels = new Map<bigint, Channel>();
  readonly names = new Names();
  /** By the hash in their links. */
  readonly invites = new Map<string, Invite>();
  /** By the id of the permanent key. */
  readonly authorizations = new Map<bigint, Authorization>();
  readonly logins = new Logins();
  readonly secretChats = new SecretChats();
  readonly files = new FileStore();
  readonly updates = new UpdateSettings();
  /** Buttons that were pressed and whose bot has not answered. */
  readonly callbacks = new CallbackQueries();
  /** Filled when the data centers listen. */
  addresses: readonly DcAddress[] = [];
  private lastUser = 5_000_000_000n;
  private lastChat = 4_000_000n;
  private lastChannel = 2_000_000_000n;
  private lastUid = 0;
  private readonly lastPhones = new Map<number, number>();
  private readonly secret: Uint8Array;

  constructor(readonly options: WorldOptions) {
    this.crypto = options.crypto;
    this.secret = options.crypto.randomBytes(32);
  }

  /** Server time in seconds. */
  now(): number {
    return Math.floor(this.options.now());
  }

  nextUserId(): bigint {
    return ++this.lastUser;
  }

  nextChatId(): bigint {
    return ++this.lastChat;
  }

  nextChannelId(): bigint {
    return ++this.lastChannel;
  }

  /** Counts the test phones of a data center; what it names may have been taken by hand. */
  nextTestPhone(dcId: number): number {
    const number = (this.lastPhones.get(dcId) ?? 0) + 1;
    this.lastPhones.set(dcId, number);
    return number;
  }

  /** Joins the copies of one message. */
  nextUid(): number {
    return ++this.lastUid;
  }

  randomLong(): bigint {
    const bytes = this.crypto.randomBytes(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0);
  }

  /** The access hash by which `viewer` names `target`: nobody else's works for them. */
  accessHash(
    viewerId: bigint,
    target: PeerKey | `file:${bigint}`,
    form: 'full' | 'min' = 'full',
  ): bigint {
    const mac = this.mac(`${viewerId}/${target}${form === 'min' ? '/min' : ''}`);
    return new DataView(mac.buffer, mac.byteOffset, 8).getBigInt64(0);
  }

  /** What only this world can make of a text: 32 bytes. */
  mac(text: string): Uint8Array {
    return this.crypto.hmacSha256(this.secret, new TextEncoder().encode(text));
  }

  /** Whether a data center belongs to the CDN. */
  isCdn(dcId: number): boolean {
    return this.options.cdnDataCenters?.includes(dcId) ?? false;
  }

  /** An unguessable string of `length` letters and digits. */
  token(length: number): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    return Array.from(this.crypto.randomBytes(length), (byte) => letters[byte & 63]).join('');
  }

  user(id: bigint): User | undefined {
    return this.users.get(id);
  }

  userByPhone(phone: string): User | undefined {
    for (const user of this.users.values()) if (user.phone === phone) return user;
    return undefined;
  }

  userByUsername(username: string): User | undefined {
    const key = this.names.owner(username);
    return key?.startsWith('user:') ? this.users.get(BigInt(key.slice(5))) : undefined;
  }

  userByToken(token: string): User | undefined {
    for (const user of this.users.values()) if (user.bot && user.token === token) return user;
    return undefined;
  }

  /** Adds a user; phone and user name must be free. */
  addUser(fields: Pick<User, 'dcId' | 'firstName'> & Partial<User>): User {
    const id = fields.id ?? this.nextUserId();
    const user: User = {
      phone: null,
      username: null,
      lastName: null,
      about: null,
      token: null,
      password: null,
      pendingPassword: null,
      loginEmail: null,
      codeTypes: null,
      deleted: false,
      bot: typeof fields.token === 'string',
      contacts: new Map(),
      onlineUntil: 0,
      box: new Box(() => this.now()),
      channels: new Set(),
      pinned: [],
      archived: new Set(),
      photos: [],
      premium: false,
      ...fields,
      id,
    };
    this.users.set(id, user);
    this.names.give(`user:${id}`, null, user.username);
    return user;
  }

  /** The sign-ins of a user that get updates. */
  homesOf(userId: bigint): Authorization[] {
    return [...this.authorizations.values()].filter((one) => one.userId === userId && one.home);
  }

  deliver(delivery: Delivery): void {
    const user = this.users.get(delivery.userId);
    const build: Delivery['build'] = (authorization) => {
      const updates = delivery.build(authorization);
      return user ? personal(this, user, updates) : updates;
    };
    this.options.deliver({ ...delivery, build });
  }

  deliverToKey(keyId: bigint, updates: TypeUpdates): void {
    this.options.deliverToKey(keyId, updates);
  }
}
