import type * as tl from '@tlgen/telegram';
import type { Box } from '../box.js';
import type { Chat, PeerKey } from '../types.js';

/** A channel, or with `megagroup` a supergroup. */
export interface Channel {
  readonly id: bigint;
  readonly key: PeerKey;
  readonly megagroup: boolean;
  readonly date: number;
  readonly creatorId: bigint;
  title: string;
  photo: bigint | null;
  about: string;
  username: string | null;
  /** In the order of joining. */
  readonly members: Map<bigint, ChannelMember>;
  /** Who is kicked or restricted, by user id. */
  readonly bans: Map<bigint, ChannelBan>;
  /** One copy of each message, with ids and pts of the channel's own. */
  readonly box: Box;
  /** The creator deleted it: it is forbidden to all. */
  deleted: boolean;
  /** Seconds between two messages of a member; 0: no slow mode. */
  slowMode: number;
  /** When members wrote last, server time in seconds. */
  readonly wroteAt: Map<bigint, number>;
  /** The basic group that became this supergroup. */
  migratedFrom: Chat | null;
}

/** A member of a channel. */
export interface ChannelMember {
  readonly userId: bigint;
  /** Who invited them; null: they joined by themselves. */
  readonly inviterId: bigint | null;
  readonly date: number;
  admin: ChannelAdmin | null;
  /** Until where the member has read. */
  readInbox: number;
  /** Until where the member's messages were read by anybody. */
  readOutbox: number;
}

/** What makes a member an admin. */
export interface ChannelAdmin {
  readonly rights: tl.ChatAdminRights;
  readonly promotedBy: bigint;
  readonly rank: string | undefined;
}

/** Somebody who may not see the channel (`viewMessages`), or not do all in it. */
export interface ChannelBan {
  readonly userId: bigint;
  readonly by: bigint;
  readonly date: number;
  readonly rights: tl.ChatBannedRights;
}
