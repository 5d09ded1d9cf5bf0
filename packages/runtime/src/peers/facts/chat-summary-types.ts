import type { ParticipantRole } from '../lists/participant.js';

/** A person or bot, in a few words. */
export interface PersonSummary<Type extends 'private' | 'bot' = 'private' | 'bot'> {
  readonly type: Type;
  /** Marked id: of users, their id. */
  readonly id: bigint;
  /** Empty when the account was deleted. */
  readonly firstName: string;
  readonly lastName?: string | undefined;
  /** As they are written, without @; the main one first. */
  readonly usernames: readonly string[];
  /** Digits only; absent when this account may not see it. */
  readonly phone?: string | undefined;
}

type GroupType = 'group' | 'supergroup' | 'channel';

/** A group or channel, in a few words. */
export interface GroupSummary<Type extends GroupType = GroupType> {
  readonly type: Type;
  /** Marked id. */
  readonly id: bigint;
  readonly title: string;
  /** As they are written, without @; the main one first. */
  readonly usernames: readonly string[];
}

/** A member, or one who was. */
export interface ParticipantSummary {
  /** Who it is. Channels can be members only where they are banned. */
  readonly user: PersonSummary | GroupSummary;
  readonly role: ParticipantRole;
  /** When they joined, or were restricted. Seconds since 1970. */
  readonly date?: number | undefined;
  /** Who invited them. */
  readonly inviterId?: bigint | undefined;
  /** What is shown instead of "admin" or "owner". */
  readonly rank?: string | undefined;
}

interface Person<Type extends 'private' | 'bot'> extends PersonSummary<Type> {
  /** What they tell of themselves; of bots, what it is for. */
  readonly about?: string | undefined;
}

interface Group<Type extends GroupType> extends GroupSummary<Type> {
  /** Its description. */
  readonly about?: string | undefined;
  /** Link that lets people in, of those who may see it. */
  readonly inviteLink?: string | undefined;
  /** Absent when the server doesn't tell. */
  readonly participantsCount?: number | undefined;
  /** Absent unless asked for, and when this account may not see them. */
  readonly participants?: readonly ParticipantSummary[] | undefined;
}

/** What `chat` tells: `type` says which fields there are. */
export type ChatSummary =
  Person<'private'> | Person<'bot'> | Group<'group'> | Group<'supergroup'> | Group<'channel'>;
