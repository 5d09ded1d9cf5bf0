import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { ListOptionError } from './list-errors.js';
import { usernamesOf } from '../answer-peers.js';
import type { Participant } from './participant.js';

/**
 * Which members are wanted. `banned`: those who are restricted; `kicked`: those who were removed for good; `search`:
 * those whose name matches the query. What the server calls them.
 */
export type ParticipantsFilter = (typeof NAMES)[number];

const NAMES = ['recent', 'admins', 'bots', 'banned', 'kicked', 'search'] as const;

/** A filter and its query. */
export interface ParticipantsWanted {
  readonly filter: ParticipantsFilter;
  readonly query: string;
}

/** @throws ListOptionError for a filter that is none, or a query with a filter that has no query. */
export function participantsWanted(
  filter: ParticipantsFilter | undefined,
  query: string | undefined,
): ParticipantsWanted {
  const wanted = filter ?? (query === undefined ? 'recent' : 'search');
  if (!NAMES.includes(wanted)) {
    throw new ListOptionError('filter', `expected one of ${NAMES.join(', ')}, got ${wanted}`);
  }
  if (query !== undefined && (wanted === 'admins' || wanted === 'bots')) {
    throw new ListOptionError('query', `${wanted} cannot be searched: use the filter search`);
  }
  const searched = wanted === 'recent' && query !== undefined ? 'search' : wanted;
  return { filter: searched, query: query ?? '' };
}

/** The filter that `channels.getParticipants` takes. */
export function channelFilter(
  schema: ApiSchema,
  { filter, query }: ParticipantsWanted,
): base.TypeChannelParticipantsFilter {
  switch (filter) {
    case 'recent':
      return constructObject<base.ChannelParticipantsRecent>(
        schema,
        'channelParticipantsRecent',
        {},
      );
    case 'admins':
      return constructObject<base.ChannelParticipantsAdmins>(
        schema,
        'channelParticipantsAdmins',
        {},
      );
    case 'bots':
      return constructObject<base.ChannelParticipantsBots>(schema, 'channelParticipantsBots', {});
    case 'banned':
      return constructObject<base.ChannelParticipantsBanned>(schema, 'channelParticipantsBanned', {
        q: query,
      });
    case 'kicked':
      return constructObject<base.ChannelParticipantsKicked>(schema, 'channelParticipantsKicked', {
        q: query,
      });
    case 'search':
      return constructObject<base.ChannelParticipantsSearch>(schema, 'channelParticipantsSearch', {
        q: query,
      });
  }
}

/** The same for a basic group, whose members all come at once. Nobody is restricted in one. */
export function fits({ filter, query }: ParticipantsWanted, { role, user }: Participant): boolean {
  switch (filter) {
    case 'recent':
      return true;
    case 'admins':
      return role === 'admin' || role === 'creator';
    case 'bots':
      return user?._ === 'user' && user.bot;
    case 'banned':
    case 'kicked':
      return false;
    case 'search':
      return user?._ === 'user' && matches(user, query);
  }
}

function matches(user: base.User, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  const name = `${user.firstName ?? ''} ${user.lastName ?? ''}`.trim();
  const names = [name, ...name.split(/\s+/), ...usernamesOf(user)];
  return names.some((one) => one.toLowerCase().startsWith(wanted));
}
