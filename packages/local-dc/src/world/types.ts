import type * as tl from '@tlgen/telegram';
import type { Box } from './box.js';
import type { CodeKind } from './code-kinds.js';
import type { EncryptedQueue } from './encrypted-queue.js';
import type { KeptUpdates } from './kept-updates.js';
import type { AccountPassword } from './password.js';

/** A user or bot. */
export interface User {
  readonly id: bigint;
  /** The data center where the account lives. */
  readonly dcId: number;
  /** Digits only; null for bots. */
  phone: string | null;
  username: string | null;
  firstName: string;
  lastName: string | null;
  about: string | null;
  /** Bots only: `123456:secret`. */
  token: string | null;
  readonly bot: boolean;
  password: AccountPassword | null;
  /** A password, or an address for its recovery, that waits for the e-mail to be confirmed. */
  pendingPassword: AccountPassword | null;
  /** Where login codes go. */
  loginEmail: string | null;
  /** Kinds of login code in the order in which they are sent; null: as everybody's. */
  codeTypes: readonly CodeKind[] | null;
  /** The account is gone; others see a deleted user. */
  deleted: boolean;
  /** Names that this user gave to others, by user id. */
  readonly contacts: Map<bigint, ContactName>;
  /** Server time in seconds until which the user counts as online. */
  onlineUntil: number;
  readonly box: Box;
  /** Channels and supergroups that the user is in. */
  readonly channels: Set<bigint>;
  /** Pinned conversations, the topmost first. */
  readonly pinned: PeerKey[];
  /** Conversations in the archive. */
  readonly archived: Set<PeerKey>;
  /** Profile photos, the current one first. */
  photos: bigint[];
  /** May have larger files. */
  readonly premium: boolean;
}

/** How a user named a contact. */
export interface ContactName {
  readonly firstName: string;
  readonly lastName: string;
}

/** A basic group. */
export interface Chat {
  readonly id: bigint;
  title: string;
  photo: bigint | null;
  readonly date: number;
  readonly creatorId: bigint;
  readonly members: Map<bigint, ChatMember>;
  /** Rises with every change of the members. */
  version: number;
  /** The supergroup that it became: then nobody is in it any more. */
  migratedTo: bigint | null;
}

/** A member of a basic group. */
export interface ChatMember {
  readonly inviterId: bigint;
  readonly date: number;
}

/** The permanent key that a user signs in with; the protocol's `ServerKey` is one. */
export interface SignInKey {
  readonly key: { readonly id: bigint };
  readonly dcId: number;
  userId: bigint | null;
}

/** A permanent auth key with which a user is signed in. */
export interface Authorization {
  readonly keyId: bigint;
  readonly key: SignInKey;
  readonly userId: bigint;
  readonly dcId: number;
  readonly createdAt: number;
  readonly apiId: number;
  /** false: imported to another data center for files; it gets no updates. */
  readonly home: boolean;
  /** Numbers the containers of updates without pts or qts. */
  seq: number;
  /** Secret messages wait here: they go to one authorization only. */
  readonly encrypted: EncryptedQueue;
  /** Updates without a number that differences bring again. */
  readonly kept: KeptUpdates;
  /** Channels of which something did not reach it, and the pts after that: https://core.telegram.org/api/updates. */
  readonly missed: Map<bigint, number>;
}

/** A chat partner: a user, a basic group, or a channel or supergroup. */
export type PeerKey = `user:${bigint}` | `chat:${bigint}` | `channel:${bigint}`;

/** What an update box holds for one message id. */
export interface Letter {
  /** The same for all copies of one message. */
  readonly uid: number;
  readonly peer: PeerKey;
  readonly message: tl.Message | tl.MessageService;
  /** Channels, where all see one copy: who wrote it. */
  readonly senderId?: bigint | undefined;
}

/** Updates on their way to a user's sessions. */
export interface Delivery {
  readonly userId: bigint;
  /** Only to this authorization. */
  readonly keyId?: bigint | undefined;
  /** Not to this session: it gets the same as its answer. */
  readonly exceptSession?: bigint | undefined;
  /** The updates in it, whatever form they are told in. */
  readonly about: readonly tl.TypeUpdate[];
  /** Makes what that sign-in is told; takes its seq if it has one. */
  build(authorization: Authorization): tl.TypeUpdates;
}
