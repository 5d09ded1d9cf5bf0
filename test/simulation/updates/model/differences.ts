import { base, updates } from '@tlgen/telegram';
import type { Happened, Kept } from './history.js';
import * as make from './make.js';
import { GROUPS, USERS, type ModelServer } from './server.js';

/** What the server says when it has no answer: the code of an RPC error. */
export class Refused {
  constructor(readonly code: string) {}
}

export function stateOf(server: ModelServer): updates.State {
  const { date } = server;
  const [pts, qts, seq] = [server.at('common'), server.at('qts'), server.at('seq')];
  return new updates.State({ pts, qts, seq, date, unreadCount: 0 });
}

/** `updates.getDifference`. */
export function differenceOf(
  server: ModelServer,
  { pts, qts, date }: updates.GetDifferenceRequest,
): updates.TypeDifference {
  const common = server.history('common').filter((one) => one.pts > pts);
  const secrets = server
    .history('qts')
    .filter((one) => one.pts > qts && (one.secret === undefined || one.pts > server.confirmed));
  const plain = server.history('seq').filter((one) => one.date > date);
  const { keeps, slice } = server.plan;
  if (common.length > keeps) {
    return new updates.DifferenceTooLong({ pts: (common.at(-1 - keeps) as Happened).pts });
  }
  if (common.length > slice || secrets.length > slice) {
    const some = common.slice(0, slice);
    const few = secrets.slice(0, slice);
    return new updates.DifferenceSlice({
      ...brought(server, [...some, ...few]),
      newEncryptedMessages: few.flatMap(({ secret }) => secret ?? []),
      intermediateState: new updates.State({
        pts: some.at(-1)?.pts ?? pts,
        qts: few.at(-1)?.pts ?? qts,
        date,
        seq: server.seq,
        unreadCount: 0,
      }),
    });
  }
  const others = [...plain.map(({ update }) => update), ...tooLong(server, date)];
  if (common.length + secrets.length + others.length === 0) {
    // confirmed secret messages leave a hole behind them
    if (server.at('qts') === qts)
      return new updates.DifferenceEmpty({ date: server.date, seq: server.seq });
  }
  const found = brought(server, [...common, ...secrets]);
  return new updates.Difference({
    ...found,
    otherUpdates: [...found.otherUpdates, ...others],
    newEncryptedMessages: secrets.flatMap(({ secret }) => secret ?? []),
    state: stateOf(server),
  });
}

/** `updates.getChannelDifference`. */
export function channelDifferenceOf(
  server: ModelServer,
  channelId: bigint,
  { pts, limit }: updates.GetChannelDifferenceRequest,
): updates.TypeChannelDifference | Refused {
  if (!server.joined.has(channelId)) return new Refused('CHANNEL_PRIVATE');
  const missing = server.history(channelId).filter((one) => one.pts > pts);
  const timeout = 200;
  if (missing.length === 0)
    return new updates.ChannelDifferenceEmpty({ final: true, pts, timeout });
  const { keeps, slice } = server.plan;
  const chats = [make.channel(channelId)];
  if (missing.length > keeps) {
    return new updates.ChannelDifferenceTooLong({
      final: true,
      timeout,
      dialog: dialogOf(channelId, server.at(channelId)),
      messages: latest(server, channelId),
      chats,
      users: everybody(),
    });
  }
  const some = missing.slice(0, Math.min(slice, limit));
  return new updates.ChannelDifference({
    ...brought(server, some),
    final: some.length === missing.length,
    pts: (some.at(-1) as Happened).pts,
    timeout,
    chats,
  });
}

const everybody = (): base.User[] => [...USERS, make.SELF].map((id) => make.user(id));

/** Names the channels in which something happened since. */
function tooLong(server: ModelServer, date: number): base.TypeUpdate[] {
  return server.channels
    .filter((id) => server.joined.has(id) && (server.history(id).at(-1)?.date ?? 0) > date)
    .map((channelId) => {
      const pts = server.random.chance(70) ? server.at(channelId) : undefined;
      return new base.UpdateChannelTooLong({ channelId, pts });
    });
}

function brought(server: ModelServer, list: readonly Happened[]) {
  const chats: base.TypeChat[] = server.channels.map((id) =>
    server.joined.has(id) ? make.channel(id) : make.forbidden(id),
  );
  return {
    // as they are by now, not as they were
    newMessages: list.flatMap(({ message }) =>
      message === undefined ? [] : make.messageOf(server.messages.get(message) as Kept),
    ),
    otherUpdates: list.flatMap(({ message, secret, update }) =>
      message === undefined && secret === undefined ? [update] : [],
    ),
    newEncryptedMessages: [] as base.TypeEncryptedMessage[],
    users: everybody(),
    chats: [...chats, ...GROUPS.map((id) => make.group(id))],
  };
}

function latest(server: ModelServer, channel: bigint): base.TypeMessage[] {
  const live = [...server.messages.values()].filter((one) => one.box === channel && !one.deleted);
  return live.slice(-3).map((one) => make.messageOf(one));
}

function dialogOf(channelId: bigint, pts: number): base.Dialog {
  return new base.Dialog({
    peer: new base.PeerChannel({ channelId }),
    topMessage: 1,
    readInboxMaxId: 0,
    readOutboxMaxId: 0,
    unreadCount: 0,
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    unreadPollVotesCount: 0,
    notifySettings: new base.PeerNotifySettings({}),
    pts,
  });
}
