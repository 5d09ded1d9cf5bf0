import type { CallOptions, PeerLike } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import type { KnownPeer, PeerInfo } from './types.js';

/** A peer as it is written, or as `info` and `dialogs` told of it. */
export type AnyPeer = PeerLike | PeerInfo;

/** Who turns what people write into peers: the part of `PeerResolution` that the rest of this room needs. */
export interface PeerLookup {
  known(peer: AnyPeer, options?: CallOptions): Promise<KnownPeer>;
  inputPeer(peer: AnyPeer, options?: CallOptions): Promise<base.TypeInputPeer>;
  inputUser(peer: AnyPeer, options?: CallOptions): Promise<base.TypeInputUser>;
  inputChannel(peer: AnyPeer, options?: CallOptions): Promise<base.TypeInputChannel>;
}

/** What was seen: the part of `PeerStore` that the rest of this room needs. */
export interface PeerMemory {
  get(marked: bigint): Promise<KnownPeer | null>;
  flush(): Promise<void>;
  forgetAll(): Promise<void>;
}
