import type { PeerKey } from './types.js';

/** A link that lets people into a group or channel. */
export interface Invite {
  readonly hash: string;
  readonly peer: PeerKey;
  readonly adminId: bigint;
  readonly date: number;
  /** Server time in seconds; null: for ever. */
  expireDate: number | null;
  usageLimit: number | null;
  requestNeeded: boolean;
  title: string | undefined;
  usage: number;
  /** It lets nobody in any more. */
  revoked: boolean;
}

/** Whether a link is one that an admin always has: without limits of any kind. */
export const isPermanent = (one: Invite): boolean =>
  one.expireDate === null && one.usageLimit === null && !one.requestNeeded;
