import type { LocalDc, TestChat, TestPerson } from '@tlgen/local-dc';
import { filters, type UpdateEvent } from '@tlgen/runtime';
import type { base } from '@tlgen/telegram';
import { expect } from 'vitest';
import type { Person } from '../people.js';

/** Marks of one thing that moved a box, the same at the server and at the client. */
interface Mark {
  /** Where order counts: new messages by chat, everything else by box. */
  readonly line: string;
  readonly name: string;
}

/** Where a user and the channels they are in are at the server. */
export interface Place {
  readonly common: number;
  readonly channels: ReadonlyMap<bigint, number>;
}

/** What handlers were told, against what the server says happened. */
export class View {
  readonly events: UpdateEvent[] = [];
  readonly keys: string[] = [];
  private readonly seen = new Set<string>();
  private readonly lines = new Map<string, string[]>();
  /** What came twice. */
  readonly doubled: string[] = [];

  /**
   * @param keeps - false: events are counted and not kept, so that memory can be measured.
   */
  constructor({ client }: Pick<Person, 'client'>, keeps = true) {
    client.on(
      filters.all,
      (event) => {
        if (keeps) this.events.push(event);
        this.note(event);
      },
      { own: true },
    );
  }

  /** How many different things were told. */
  get size(): number {
    return this.seen.size;
  }

  has(name: string): boolean {
    return this.seen.has(name);
  }

  /** What was told of one line, in that order. */
  told(line: string): readonly string[] {
    return this.lines.get(line) ?? [];
  }

  private note({ update, key }: UpdateEvent): void {
    const mark = markOf(update);
    if (mark === null) return;
    if (key === null) throw new Error(`${mark.name} has no key`);
    if (this.seen.has(mark.name)) this.doubled.push(mark.name);
    this.seen.add(mark.name);
    this.keys.push(key);
    const line = this.lines.get(mark.line) ?? [];
    line.push(mark.name);
    this.lines.set(mark.line, line);
  }
}

/** Where the server's histories end now. */
export function placeOf(dc: LocalDc, me: TestPerson, channels: readonly TestChat[]): Place {
  return {
    common: dc.updates.ptsOf(me),
    channels: new Map(channels.map((one) => [one.id, dc.updates.channelPts(one)])),
  };
}

/** What happened at the server since then, by lines; what has been deleted since counts where the view has it. */
export function happened(
  dc: LocalDc,
  me: TestPerson,
  since: Place,
  view: View,
): Map<string, string[]> {
  const histories = [dc.updates.history(me).filter(({ pts }) => pts > since.common)];
  for (const [id, from] of since.channels) {
    histories.push(dc.updates.channelHistory(id).filter(({ pts }) => pts > from));
  }
  const lines = new Map<string, string[]>();
  for (const history of histories) {
    const deleted = new Set(history.flatMap(({ update }) => deletedBy(update)));
    for (const { update } of history) {
      const mark = markOf(update);
      // Of what is deleted nothing but that comes with differences.
      const gone = deleted.has(messageIdOf(update) ?? -1);
      if (mark === null || (gone && !view.has(mark.name))) continue;
      lines.set(mark.line, [...(lines.get(mark.line) ?? []), mark.name]);
    }
  }
  return lines;
}

/** All that happened was told, once, and in order; nothing else was. */
export function expectAll(dc: LocalDc, me: TestPerson, since: Place, view: View): void {
  const lines = happened(dc, me, since, view);
  let count = 0;
  for (const [line, names] of lines) {
    expect(view.told(line), line).toEqual(names);
    count += names.length;
  }
  expect(view.size).toBe(count);
  expect(view.doubled).toEqual([]);
  expect(new Set(view.keys).size).toBe(view.keys.length);
}

/** What happened and has not come. */
export function missing(dc: LocalDc, me: TestPerson, since: Place, view: View): string[] {
  const all = [...happened(dc, me, since, view).values()].flat();
  return all.filter((name) => !view.has(name));
}

function messageIdOf(update: base.TypeUpdate): number | null {
  switch (update._) {
    case 'updateNewMessage':
    case 'updateNewChannelMessage':
    case 'updateEditMessage':
    case 'updateEditChannelMessage':
      return update.message.id;
    default:
      return null;
  }
}

function deletedBy(update: base.TypeUpdate): readonly number[] {
  switch (update._) {
    case 'updateDeleteMessages':
    case 'updateDeleteChannelMessages':
      return update.messages;
    default:
      return [];
  }
}

function markOf(update: base.TypeUpdate): Mark | null {
  switch (update._) {
    case 'updateNewMessage':
    case 'updateNewChannelMessage': {
      const chat = nameOf(update.message.peerId);
      return { line: `new in ${chat}`, name: `new in ${chat}: ${update.message.id}` };
    }
    case 'updateEditChannelMessage':
      return numbered(update._, nameOf(update.message.peerId), update.pts);
    case 'updateDeleteChannelMessages':
      return numbered(update._, String(update.channelId), update.pts);
    default:
      // What takes no number is not in the histories.
      return 'pts' in update && 'ptsCount' in update && update.ptsCount > 0
        ? numbered(update._, 'common', update.pts)
        : null;
  }
}

const numbered = (kind: string, box: string, pts: number): Mark => ({
  line: `others in ${box}`,
  name: `${kind} in ${box}: ${pts}`,
});

function nameOf(peer: base.TypePeer | undefined): string {
  switch (peer?._) {
    case 'peerUser':
      return String(peer.userId);
    case 'peerChat':
      return `-${peer.chatId}`;
    default:
      return String(peer?.channelId);
  }
}
