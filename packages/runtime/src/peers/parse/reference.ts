import type { PeerType } from '../types.js';

/** What somebody means by what they wrote, before anything is looked up. */
export type PeerReference =
  /** Who is signed in. */
  | { readonly kind: 'self' }
  /** The account of Telegram's support. */
  | { readonly kind: 'support' }
  /** Nobody on purpose: `inputPeerEmpty` and its like, which some parameters take. */
  | { readonly kind: 'empty' }
  | IdReference
  /** As it was written, without @. */
  | { readonly kind: 'username'; readonly username: string }
  /** Digits only. */
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'invite'; readonly hash: string }
  /** An object that brought its access hash along. */
  | {
      readonly kind: 'hash';
      readonly type: 'user' | 'channel';
      readonly id: bigint;
      readonly accessHash: bigint;
    }
  /** By a message that it was seen in. */
  | {
      readonly kind: 'from-message';
      readonly type: 'user' | 'channel';
      readonly id: bigint;
      readonly peer: PeerReference;
      readonly messageId: number;
    };

/** A type and an id, good only together with what is remembered. */
export interface IdReference {
  readonly kind: 'id';
  readonly type: PeerType;
  /** As TL writes it. */
  readonly id: bigint;
}

/** What a peer is called, rather than an id: who that is, only the server can say. */
export type NameReference = Extract<
  PeerReference,
  { readonly kind: 'username' | 'phone' | 'invite' | 'support' }
>;
