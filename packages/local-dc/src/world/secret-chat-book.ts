import type { User } from './types.js';

/** A secret chat as its relay knows it: who, which devices, the public halves of the key; never a key. */
export interface SecretChat {
  readonly id: number;
  readonly date: number;
  readonly admin: User;
  readonly participant: User;
  readonly gA: Uint8Array;
  /** The authorization that asked for it. */
  readonly adminKey: bigint;
  /** The authorization that accepted it; null until then. */
  participantKey: bigint | null;
  gB: Uint8Array | null;
  fingerprint: bigint;
  state: 'requested' | 'open' | 'discarded';
  historyDeleted: boolean;
}

/** All secret chats, by id. */
export class SecretChats extends Map<number, SecretChat> {}
