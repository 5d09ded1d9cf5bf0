import type { base } from '@tlgen/telegram';
import type { Clock, Timer } from '../../platform/types.js';
import type { UpdateEvent } from '../event/index.js';
import type { Entry } from './entry.js';

/** Most messages of one album. */
const ALBUM_LIMIT = 10;
/** Milliseconds from its first message within which the others come. */
const ALBUM_WAIT = 500;

/** The message of an album that an event brings; null: it brings none. */
export function albumMessage({ update }: UpdateEvent): AlbumMessage | null {
  if (update._ !== 'updateNewMessage' && update._ !== 'updateNewChannelMessage') return null;
  const { message } = update;
  return message?._ === 'message' && message.groupedId !== undefined
    ? (message as AlbumMessage)
    : null;
}

type AlbumMessage = base.Message & { readonly groupedId: bigint };

/** Messages of one album that have come so far. */
export class Album {
  private readonly groupedId: bigint;
  private readonly entries: Entry[];
  private readonly messages: base.Message[];
  private readonly timer: Timer;

  /** @param overdue - called when no more are waited for. */
  constructor(entry: Entry, message: AlbumMessage, clock: Clock, overdue: () => void) {
    this.groupedId = message.groupedId;
    this.entries = [entry];
    this.messages = [message];
    this.timer = clock.after(ALBUM_WAIT, overdue);
  }

  get full(): boolean {
    return this.entries.length >= ALBUM_LIMIT;
  }

  /** @returns whether it is one of this album. */
  add(entry: Entry, message: AlbumMessage | null): boolean {
    if (message?.groupedId !== this.groupedId) return false;
    this.entries.push(entry);
    this.messages.push(message);
    return true;
  }

  /** Nothing more is waited for. @returns its updates; the first one's event knows all messages. */
  close(): readonly Entry[] {
    this.timer.cancel();
    const [first] = this.entries;
    if (first) first.event.album = this.messages;
    return this.entries;
  }
}
