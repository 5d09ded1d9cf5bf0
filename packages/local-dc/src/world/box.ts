import type * as tl from '@tlgen/telegram';
import type { Letter, PeerKey } from './types.js';

/** Something that moved pts: a message that came or changed, or another update. */
export interface BoxEvent {
  /** The value of pts after it. */
  readonly pts: number;
  readonly count: number;
  /** New messages: the id. Everything else: the update. */
  readonly what: { readonly messageId: number } | { readonly update: tl.TypeUpdate };
}

/** Until where a conversation was read, by either side. */
export interface ReadMarks {
  inbox: number;
  outbox: number;
}

/** The private chats and basic groups of one user: they share message ids and pts. */
export class Box {
  pts = 1;
  private lastId = 0;
  readonly letters = new Map<number, Letter>();
  /** random_id of sent messages. */
  readonly randomIds = new Set<bigint>();
  private readonly events: BoxEvent[] = [];
  private readonly reads = new Map<PeerKey, ReadMarks>();

  /** The id of the next message. */
  nextId(): number {
    return ++this.lastId;
  }

  /** The newest id that was given. */
  get newestId(): number {
    return this.lastId;
  }

  /** Keeps a new message. @returns pts after it. */
  add(letter: Letter): number {
    this.letters.set(letter.message.id, letter);
    return this.advance(1, { messageId: letter.message.id });
  }

  /** Notes an update that takes `count` of pts. @returns the update. */
  note<U extends tl.TypeUpdate>(count: number, make: (pts: number) => U): U {
    const update = make(this.pts + count);
    this.advance(count, { update });
    return update;
  }

  private advance(count: number, what: BoxEvent['what']): number {
    this.pts += count;
    this.events.push({ pts: this.pts, count, what });
    return this.pts;
  }

  /** What happened after `pts`, oldest first. */
  since(pts: number): readonly BoxEvent[] {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.events[middle]?.pts ?? 0) > pts) high = middle;
      else low = middle + 1;
    }
    return this.events.slice(low);
  }

  /** Messages with a peer, newest first. */
  with(peer: PeerKey): Letter[] {
    return [...this.letters.values()].filter((letter) => letter.peer === peer).reverse();
  }

  /** The copy of a message that others have too. */
  byUid(uid: number): Letter | undefined {
    for (const letter of this.letters.values()) if (letter.uid === uid) return letter;
    return undefined;
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
    for (const { peer: of, message } of this.letters.values())
      if (of === peer && !message.out && message.id > inbox) count++;
    return count;
  }

  /** Conversations, the one with the newest message first. */
  peers(): PeerKey[] {
    const seen = new Set<PeerKey>();
    for (const letter of [...this.letters.values()].reverse()) seen.add(letter.peer);
    return [...seen];
  }
}
