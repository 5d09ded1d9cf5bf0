import type * as tl from '@tlgen/telegram';
import { Thread } from './thread.js';
import type { Letter, PeerKey } from './types.js';

/** Something that moved pts: a message that came or changed, or another update. */
export interface BoxEvent {
  /** The value of pts after it. */
  readonly pts: number;
  readonly count: number;
  /** Server time in seconds. */
  readonly date: number;
  /** New messages: the id, and the message as it came. Everything else: the update. */
  readonly what:
    | { readonly messageId: number; readonly message: tl.Message | tl.MessageService }
    | { readonly update: tl.TypeUpdate };
}

/** Until where a conversation was read, by either side. */
export interface ReadMarks {
  inbox: number;
  outbox: number;
}

/**
 * Messages that share ids and pts: the private chats and basic groups of one user, or one channel.
 */
export class Box {
  pts = 1;
  private lastId = 0;
  private readonly byId = new Map<number, Letter>();
  private readonly threads = new Map<PeerKey, Thread>();
  /** Message ids by what joins the copies. */
  private readonly uids = new Map<number, number>();
  /** random_id of sent messages. */
  readonly randomIds = new Set<bigint>();
  private readonly events: BoxEvent[] = [];
  private readonly reads = new Map<PeerKey, ReadMarks>();

  /** @param now - server time in seconds. */
  constructor(private readonly now: () => number = () => 0) {}

  /** The id of the next message. */
  nextId(): number {
    return ++this.lastId;
  }

  /** The newest id that was given. */
  get newestId(): number {
    return this.lastId;
  }

  /** Messages by id. */
  get letters(): ReadonlyMap<number, Letter> {
    return this.byId;
  }

  /** Keeps a new message. @returns pts after it. */
  add(letter: Letter): number {
    this.byId.set(letter.message.id, letter);
    this.uids.set(letter.uid, letter.message.id);
    this.thread(letter.peer).add(letter);
    const { message } = letter;
    return this.advance(1, { messageId: message.id, message });
  }

  /** Notes an update that takes `count` of pts. @returns the update. */
  note<U extends tl.TypeUpdate>(count: number, make: (pts: number) => U): U {
    const update = make(this.pts + count);
    this.advance(count, { update });
    return update;
  }

  private advance(count: number, what: BoxEvent['what']): number {
    this.pts += count;
    this.events.push({ pts: this.pts, count, date: this.now(), what });
    return this.pts;
  }

  /** What happened after `pts`, oldest first. @param limit - most events. Default: all. */
  since(pts: number, limit = Infinity): readonly BoxEvent[] {
    const from = this.indexAfter(pts);
    return this.events.slice(from, Math.min(from + limit, this.events.length));
  }

  /** How many events there were after `pts`. */
  countSince(pts: number): number {
    return this.events.length - this.indexAfter(pts);
  }

  /** The last event; undefined: nothing has happened yet. */
  get lastEvent(): BoxEvent | undefined {
    return this.events.at(-1);
  }

  private indexAfter(pts: number): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.pts ?? 0) > pts) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Keeps a message as it is now. */
  replace(letter: Letter): void {
    if (!this.byId.has(letter.message.id)) return;
    this.byId.set(letter.message.id, letter);
    this.thread(letter.peer).replace(letter);
  }

  /** @returns whether it was there. */
  remove(id: number): boolean {
    const letter = this.byId.get(id);
    if (!letter) return false;
    this.byId.delete(id);
    this.uids.delete(letter.uid);
    this.thread(letter.peer).remove(id);
    return true;
  }

  /** The conversation with a peer. */
  thread(peer: PeerKey): Thread {
    let thread = this.threads.get(peer);
    if (!thread) this.threads.set(peer, (thread = new Thread()));
    return thread;
  }

  /** Whether there is any message with a peer. */
  knows(peer: PeerKey): boolean {
    return (this.threads.get(peer)?.size ?? 0) > 0;
  }

  /** Messages with a peer, newest first. */
  with(peer: PeerKey): Letter[] {
    return this.threads.get(peer)?.newestFirst() ?? [];
  }

  /** The copy of a message that others have too. */
  byUid(uid: number): Letter | undefined {
    const id = this.uids.get(uid);
    return id === undefined ? undefined : this.byId.get(id);
  }

  /** The read marks of a conversation. */
  marks(peer: PeerKey): ReadMarks {
    let marks = this.reads.get(peer);
    if (!marks) this.reads.set(peer, (marks = { inbox: 0, outbox: 0 }));
    return marks;
  }

  /** How many incoming messages of a conversation are unread. */
  unread(peer: PeerKey): number {
    const { inbox } = this.marks(peer);
    let count = 0;
    for (const { message } of this.thread(peer).back()) {
      if (message.id <= inbox) break;
      if (!message.out) count++;
    }
    return count;
  }

  /** Conversations, the one with the newest message first. */
  peers(): PeerKey[] {
    const newest = [...this.threads].flatMap(([peer, { newest: letter }]) =>
      letter ? [{ peer, id: letter.message.id }] : [],
    );
    return newest.sort((a, b) => b.id - a.id).map(({ peer }) => peer);
  }
}
