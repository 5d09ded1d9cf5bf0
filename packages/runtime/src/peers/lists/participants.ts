import type { CallOptions } from '@tlgen/codec';
import type { base, channels } from '@tlgen/telegram';
import { construct } from '../../network/construct.js';
import { chatsByMark, usersByMark } from '../answer-peers.js';
import { PeerError } from '../errors.js';
import { askFullChat } from '../facts/full-requests.js';
import { markedId } from '../marked-id.js';
import type { AnyPeer, PeerLookup } from '../needs.js';
import { ListPlace } from './list-place.js';
import { Pages, type PageOptions, type PageReader } from './pages.js';
import {
  channelFilter,
  fits,
  participantsWanted,
  type ParticipantsFilter,
  type ParticipantsWanted,
} from './participant-filters.js';
import { participantMark, readParticipant, type Participant } from './participant.js';
import { Seen } from './seen.js';
import type { KnownPeer, PeersContext } from '../types.js';

/** Which members are wanted. */
export interface ParticipantsOptions extends PageOptions {
  /** Default `recent`: all, those who were active last first; with a query, `search`. */
  readonly filter?: ParticipantsFilter | undefined;
  /** What their name begins with. With `search`, `banned` and `kicked`. */
  readonly query?: string | undefined;
}

/** Whom an answer mentions. */
interface Mentioned {
  readonly users: readonly base.TypeUser[];
  readonly chats: readonly base.TypeChat[];
}

/** What `channels.getParticipants` gives out at once. */
const CHUNK_MAX = 200;

/**
 * The members of a group or channel: by `channels.getParticipants`, of which the server gives out about 10,000 in all;
 * of basic groups all at once by `messages.getFullChat`.
 */
export function participants(
  context: PeersContext,
  lookup: PeerLookup,
  peer: AnyPeer,
  options: ParticipantsOptions = {},
): Pages<Participant> {
  const wanted = participantsWanted(options.filter, options.query);
  return new Pages(() => reader(context, lookup, peer, wanted), options, CHUNK_MAX);
}

/** Finds out with the first page what kind of peer it is. */
function reader(
  context: PeersContext,
  lookup: PeerLookup,
  peer: AnyPeer,
  wanted: ParticipantsWanted,
): PageReader<Participant> {
  let read: PageReader<Participant> | null = null;
  return async (count, options) => {
    if (!read) {
      const known = await lookup.known(peer, options);
      read = await readerOf(context, lookup, known, wanted, options);
    }
    return read(count, options);
  };
}

async function readerOf(
  context: PeersContext,
  lookup: PeerLookup,
  { type, id }: KnownPeer,
  wanted: ParticipantsWanted,
  options: CallOptions,
): Promise<PageReader<Participant>> {
  const marked = markedId(type, id);
  switch (type) {
    case 'user':
      throw new PeerError(
        'WRONG_PEER_TYPE',
        String(marked),
        `${marked} is a user, who has no members: give a group or channel`,
      );
    case 'chat':
      return chatReader(context, id, wanted);
    case 'channel':
      return channelReader(context, await lookup.inputChannel(marked, options), wanted);
  }
}

function chatReader(
  context: PeersContext,
  id: bigint,
  wanted: ParticipantsWanted,
): PageReader<Participant> {
  return async (_, options) => {
    const answer = await askFullChat(context, id, options);
    const { fullChat } = answer;
    const all = fullChat._ === 'chatFull' ? chatMembers(fullChat, answer) : [];
    const items = all.filter((one) => fits(wanted, one));
    return { items, total: items.length, last: true };
  };
}

/** The members of a basic group: only oneself, or nobody, where the list is closed. */
export const chatMembers = (full: base.ChatFull, answer: Mentioned): Participant[] =>
  readAll(new Seen(), membersOf(full.participants), answer);

function membersOf(all: base.TypeChatParticipants): readonly base.TypeChatParticipant[] {
  if (all._ === 'chatParticipants') return all.participants;
  return all.selfParticipant ? [all.selfParticipant] : [];
}

/**
 * Pages count by position. When the list became shorter meanwhile, those behind have moved up: then the page is read
 * again from as many places before, so that nobody is missed.
 */
function channelReader(
  context: PeersContext,
  channel: base.TypeInputChannel,
  wanted: ParticipantsWanted,
): PageReader<Participant> {
  const seen = new Seen();
  const place = new ListPlace();
  const filter = channelFilter(context.schema, wanted);
  return async (limit, options) => {
    for (;;) {
      const { offset } = place;
      const request = construct<channels.GetParticipantsRequest>(
        context.schema,
        'channels.getParticipants',
        { channel, filter, offset, limit, hash: 0n },
      );
      const answer = await context.invoke(request, options);
      if (answer._ === 'channels.channelParticipantsNotModified') {
        return { items: [], total: place.total, last: true };
      }
      const { participants: page, count: total } = answer;
      if (place.missed(total)) continue;
      const items = readAll(seen, page, answer, !place.atFront);
      const all = offset === 0 && page.length >= total;
      place.read(page.length);
      return { items, total, last: all || page.length === 0 || seen.exhausted };
    }
  };
}

/** Those who were not seen before; whom no id can stand for is left out. */
function readAll(
  seen: Seen,
  all: readonly (base.TypeChannelParticipant | base.TypeChatParticipant)[],
  answer: Mentioned,
  again = false,
): Participant[] {
  const users = usersByMark(answer.users);
  const chats = chatsByMark(answer.chats);
  return seen
    .fresh(all, (one) => String(participantMark(one)), again)
    .flatMap((one) => {
      const id = participantMark(one);
      return id === null ? [] : [readParticipant(id, one, users, chats)];
    });
}
