import { LocalDc, type TestChat, type TestMessage, type TestPerson } from '@tlgen/local-dc';
import { vi } from 'vitest';
import { strangerSchemas } from '../support/strangers/layers.js';
import type { Random } from '../support/random.js';

/** Waits until something holds, also on a busy machine. */
export const waits = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 30_000, interval: 20 });

/** What an update says, in whichever library's objects. */
export interface Happening {
  readonly kind: 'new' | 'edit' | 'delete' | 'read';
  /** `common`, or the bare id of a channel. */
  readonly box: string;
  /** Ids of messages; of what is read, whose it is and up to which message. */
  readonly ids: readonly number[];
  readonly text: string;
}

/** An update as all libraries have it: names of TL, ids of any kind of number. */
export interface AnyUpdate {
  readonly _: string;
  readonly message?: unknown;
  readonly messages?: unknown;
  readonly channelId?: unknown;
  readonly peer?: unknown;
  readonly maxId?: unknown;
}

const KINDS: Readonly<Record<string, Happening['kind']>> = {
  updateNewMessage: 'new',
  updateNewChannelMessage: 'new',
  updateEditMessage: 'edit',
  updateEditChannelMessage: 'edit',
  updateDeleteMessages: 'delete',
  updateDeleteChannelMessages: 'delete',
  updateReadHistoryInbox: 'read',
  updateReadHistoryOutbox: 'read',
};

interface AnyMessage {
  readonly id: number;
  readonly message?: string;
  readonly peerId?: { readonly channelId?: unknown } | null;
}

/** What an update says; null: nothing that these tests look at. */
export function happeningOf(update: AnyUpdate): Happening | null {
  const kind = KINDS[update._];
  if (!kind) return null;
  if (kind === 'new' || kind === 'edit') {
    const { id, message, peerId } = update.message as AnyMessage;
    const box = String(peerId?.channelId ?? 'common');
    return { kind, box, ids: [id], text: message ?? 'service' };
  }
  if (kind === 'delete') {
    const box = String(update.channelId ?? 'common');
    return { kind, box, ids: update.messages as number[], text: '' };
  }
  const { userId, chatId } = update.peer as {
    readonly userId?: unknown;
    readonly chatId?: unknown;
  };
  const whose = Number(String(userId ?? chatId));
  return { kind, box: update._, ids: [whose, Number(update.maxId)], text: '' };
}

/** What messages there are, and what is read, after all that: the same for who was told in any right order. */
export function stateAfter(happenings: readonly Happening[]): ReadonlyMap<string, string> {
  const state = new Map<string, string>();
  for (const { kind, box, ids, text } of happenings) {
    const [first, upTo] = ids;
    if (kind === 'read') state.set(`${box} ${first}`, String(upTo));
    else for (const id of ids) state.delete(`${box} ${id}`);
    if (kind === 'new' || kind === 'edit') state.set(`${box} ${first}`, text);
  }
  return new Map([...state].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A data center with somebody whose client is a stranger, a friend who does things, and chats of every kind. */
export interface UpdatesWorld {
  readonly dc: LocalDc;
  readonly me: TestPerson;
  readonly friend: TestPerson;
  readonly account: { readonly phone: string; readonly code: string };
  readonly channel: TestChat;
  /** The private chat, the basic group, the channel and the supergroup, as the friend names them. */
  readonly chats: readonly (TestPerson | TestChat)[];
  /** The friend writes, corrects, deletes and reads; some I do myself, on another device. */
  live(random: Random, count: number): void;
  /** The friend writes a text in every chat. */
  everywhere(text: string): void;
  /** What happened since the last mark, in the order of each numbering. */
  happened(): Happening[];
  /** From here on is what `happened` tells. */
  mark(): void;
}

export async function updatesWorld(seed: number): Promise<UpdatesWorld> {
  const dc = await LocalDc.start({ seed, layers: await strangerSchemas() });
  const me = await dc.createUser({ firstName: 'Me', username: 'me_myself' });
  const friend = await dc.createUser({ firstName: 'Friend', username: 'friend' });
  const common = { creator: friend, members: [me] };
  const group = dc.createGroup({ title: 'Group', ...common });
  const channel = dc.createChannel({ title: 'Channel', ...common });
  const supergroup = dc.createChannel({ title: 'Talk', megagroup: true, ...common });
  const chats = [me, group, channel, supergroup];
  const boxes = [
    () => dc.updates.history(me),
    () => dc.updates.channelHistory(channel),
    () => dc.updates.channelHistory(supergroup),
  ];
  let seen = boxes.map(() => 0);

  const live = (random: Random, count: number): void => {
    const sent: TestMessage[] = [];
    for (let n = 0; n < count; n++) {
      sent.push(dc.send(friend, random.pick(chats), `text ${n}`));
      const dice = random.below(100);
      if (dice < 20) dc.edit(random.pick(sent), `corrected ${n}`);
      else if (dice < 30) dc.deleteMessages(sent.splice(random.below(sent.length), 1));
      else if (dice < 35) dc.send(me, random.pick([friend, group, supergroup]), `mine ${n}`);
      else if (dice < 40) dc.read(friend, me);
      else if (dice < 45) dc.read(me, friend);
    }
  };
  return {
    dc,
    me,
    friend,
    account: { phone: me.phone, code: dc.loginCode },
    channel,
    chats,
    live,
    everywhere: (text) => chats.forEach((chat) => dc.send(friend, chat, text)),
    happened: () =>
      boxes.flatMap((box, at) =>
        box()
          .slice(seen[at])
          .flatMap(({ update }) => happeningOf(update) ?? []),
      ),
    mark: () => {
      seen = boxes.map((box) => box().length);
    },
  };
}
