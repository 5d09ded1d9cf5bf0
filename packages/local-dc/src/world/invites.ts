import type { PeerKey } from './types.js';

/** A link that lets people into a group or channel. */
export interface Invite {
  readonly hash: string;
  readonly peer: PeerKey;
  readonly adminId: bigint;
  readonly date: number;
  /** Server time in seconds; null: for ever. */
  readonly expireDate: number | null;
  readonly usageLimit: number | null;
  readonly requestNeeded: boolean;
  readonly title: string | undefined;
  usage: number;
}
