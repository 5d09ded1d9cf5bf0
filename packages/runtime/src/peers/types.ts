import type { ApiSchema, CallOptions, PeerLike, TlMethod, TlObject } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import type { Log } from '../core/logger.js';
import type { InvokeOptions } from '../core/types.js';

/** What the TL types call it; channels are broadcast channels and supergroups. */
export type PeerType = 'user' | 'chat' | 'channel';

/** What is remembered of a user, group or channel that was seen. */
export interface KnownPeer {
  readonly type: PeerType;
  /** As in TL: positive, without a mark. */
  readonly id: bigint;
  /** null: none is known (basic groups have none). Good for this account only. */
  readonly accessHash: bigint | null;
  /** Only what a `min` constructor told: its access hash is good for looking at it by way of {@link seenIn} only. */
  readonly min: boolean;
  /** A message of it that was seen: what a min peer is named by. */
  readonly seenIn: { readonly peer: bigint; readonly messageId: number } | null;
  /** Lower case, without @; the first is the main one. */
  readonly usernames: readonly string[];
  /** Digits only. */
  readonly phone: string | null;
  /** Title, or first and last name. */
  readonly name: string;
  /** A bot; a supergroup (and not a broadcast channel). */
  readonly bot: boolean;
  readonly megagroup: boolean;
}

/** What peers need of the client. */
export interface PeersContext {
  readonly schema: ApiSchema;
  readonly log: Log;
  invoke<Result>(request: TlMethod<Result>, options?: InvokeOptions): Promise<Result>;
  /** Opens the storage if need be; undefined: it is open. */
  open?(): Promise<void> | undefined;
  /** Who is signed in; null: nobody. */
  self(): { readonly id: bigint; readonly bot: boolean } | null;
  /** Wall clock, milliseconds. */
  now(): number;
  readonly settings: {
    /** Seconds that `full` is cached. */
    readonly fullInfoTtl: number;
    readonly fullFetch: boolean;
    readonly resolver: PeerResolver | undefined;
  };
}

/** Looks up what the library does not know: yours, asked before an error. Resolves with null when it doesn't either. */
export type PeerResolver = (
  peer: string | bigint,
  options: CallOptions,
) => Promise<TlObject | null> | TlObject | null;

/** What `info` tells of every peer. */
interface AnyInfo {
  /** As in TL: positive, without a mark. */
  readonly id: bigint;
  /** The Bot API's id: of users, the same. */
  readonly markedId: bigint;
  readonly name: string;
  readonly inputPeer: base.TypeInputPeer;
}

interface UserInfo<Type extends 'user' | 'bot'> extends AnyInfo {
  readonly type: Type;
  readonly usernames: readonly string[];
  /** Whether it is who is signed in. */
  readonly self: boolean;
  readonly peer: base.PeerUser;
  readonly inputUser: base.TypeInputUser;
}

interface GroupInfo extends AnyInfo {
  readonly type: 'group';
  readonly peer: base.PeerChat;
}

interface ChannelInfo<Type extends 'supergroup' | 'channel'> extends AnyInfo {
  readonly type: Type;
  readonly usernames: readonly string[];
  readonly peer: base.PeerChannel;
  readonly inputChannel: base.TypeInputChannel;
}

/** What `info` tells. Which fields are there depends on `type`. */
export type PeerInfo =
  | UserInfo<'user'>
  | UserInfo<'bot'>
  | GroupInfo
  | ChannelInfo<'supergroup'>
  | ChannelInfo<'channel'>;

/** Turns what people write into what the API takes; the loose `api` and everything above it uses this. */
export interface PeerInputs {
  inputPeer(peer: PeerLike, options?: CallOptions): Promise<base.TypeInputPeer>;
  inputUser(peer: PeerLike, options?: CallOptions): Promise<base.TypeInputUser>;
  inputChannel(peer: PeerLike, options?: CallOptions): Promise<base.TypeInputChannel>;
}
