import { base } from '@tlgen/telegram';
import type { Clock, Timer } from '../../../../../packages/runtime/src/platform/types.js';
import type {
  Delivery,
  UpdateSource,
} from '../../../../../packages/runtime/src/updates/engine/index.js';
import type { UpdateEvent } from '../../../../../packages/runtime/src/updates/event/index.js';
import { Filter, NOTHING } from '../../../../../packages/runtime/src/updates/filters/filter.js';
import { UpdateHub } from '../../../../../packages/runtime/src/updates/hub/index.js';
import type { HubSettings } from '../../../../../packages/runtime/src/updates/hub/index.js';
import type { UpdatesLost } from '../../../../../packages/runtime/src/updates/lost.js';

export const SELF = 7n;

/** A clock that is moved by hand. */
export class FakeClock implements Clock {
  private time = 0;
  private timers: { readonly at: number; readonly run: () => void }[] = [];

  /** Timers that are set. */
  get pending(): number {
    return this.timers.length;
  }

  now(): { wall: number; steady: number } {
    return { wall: this.time, steady: this.time };
  }

  after(milliseconds: number, run: () => void): Timer {
    const timer = { at: this.time + milliseconds, run };
    this.timers.push(timer);
    return {
      cancel: () => {
        this.timers = this.timers.filter((one) => one !== timer);
      },
    };
  }

  /** Moves on, timer by timer; what each sets in motion comes to rest before the next. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.time = next.at;
      this.timers = this.timers.filter((one) => one !== next);
      next.run();
      await settled();
    }
    this.time = end;
  }
}

/** Whatever promises have to say is said. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

export const all = new Filter(() => NOTHING);
export const texts = (...wanted: string[]): Filter =>
  new Filter(({ text }) => (wanted.includes(text) ? NOTHING : null));
export const wholeAlbums = new Filter<{ readonly album: readonly base.Message[] }>(
  ({ album }) => album && { album },
  true,
);
export const broken = new Filter(() => {
  throw new Error('a broken filter');
});

/** What a message may be. */
export interface Said {
  readonly chat?: bigint;
  /** Default: the user of the chat; in groups 100. */
  readonly sender?: bigint;
  readonly text?: string;
  readonly out?: boolean;
  readonly groupedId?: bigint;
}

let lastMessage = 0;

/** A new message: in private with a user (positive chat), or in a basic group (negative). */
export function said(what: Said | string = {}): base.UpdateNewMessage {
  const {
    chat = 100n,
    sender,
    text = '',
    out,
    groupedId,
  } = typeof what === 'string' ? { text: what } : (what as Said);
  const id = ++lastMessage;
  const user = (userId: bigint) => new base.PeerUser({ userId });
  return new base.UpdateNewMessage({
    message: new base.Message({
      id,
      peerId: chat > 0n ? user(chat) : new base.PeerChat({ chatId: -chat }),
      fromId: sender === undefined && chat > 0n ? undefined : user(sender ?? 100n),
      out,
      groupedId,
      date: 1,
      message: text,
    }),
    pts: id,
    ptsCount: 1,
  });
}

export const typing = (userId = 100n): base.UpdateUserTyping =>
  new base.UpdateUserTyping({ userId, action: new base.SendMessageTypingAction() });

/** About no chat at all. */
export const dialogFilters = (): base.UpdateDialogFilters => new base.UpdateDialogFilters();

/** A hub whose surroundings note what they are told. */
export class Bench {
  readonly clock = new FakeClock();
  readonly settings: { -readonly [Name in keyof HubSettings]: HubSettings[Name] } = {
    queueLimit: 1000,
    overflow: 'pause',
  };
  readonly failures: [unknown, UpdateEvent][] = [];
  readonly losses: UpdatesLost[] = [];
  readonly sent: { readonly chat: unknown; readonly text: unknown; readonly options: object }[] =
    [];
  /** How often updates were done, by the number of their delivery. */
  readonly done: number[] = [];
  /** How often somebody wanted updates who had not. */
  wanted = 0;
  /** How sending goes. */
  send: () => Promise<never[]> = () => Promise.resolve([]);
  readonly hub: UpdateHub;

  constructor(settings: Partial<HubSettings> = {}) {
    Object.assign(this.settings, settings);
    this.hub = new UpdateHub({
      clock: this.clock,
      log: { log: () => undefined },
      actions: {
        sendText: (chat, text, options) => {
          this.sent.push({ chat, text, options });
          return this.send();
        },
        known: () => null,
        answerCallback: () => Promise.resolve(),
        self: () => ({ id: SELF, bot: true, username: null }),
      },
      settings: () => this.settings,
      wanted: () => {
        this.wanted++;
      },
      handlerFailed: (error, event) => this.failures.push([error, event]),
      lost: (lost) => this.losses.push(lost),
    });
  }

  /** Numbers of the deliveries that are done, in the order they were delivered. */
  get finished(): number[] {
    return this.done.flatMap((times, id) => (times > 0 ? [id] : []));
  }

  deliver(...updates: base.TypeUpdate[]): void {
    for (const update of updates) this.deliverFrom(update, 'push');
  }

  deliverFrom(update: base.TypeUpdate, from: UpdateSource, whenDone?: () => void): void {
    const id = this.done.push(0) - 1;
    const delivery: Delivery = {
      type: 'deliver',
      id,
      box: 'common',
      update,
      entities: { users: [], chats: [] },
      from,
      key: null,
      durable: false,
      ephemeral: update._ === 'updateUserTyping',
    };
    this.hub.deliver(delivery, () => {
      this.done[id] = (this.done[id] ?? 0) + 1;
      whenDone?.();
    });
  }

  /** Notes the texts of what a handler gets. */
  listen(filter: Filter = all): string[] {
    const heard: string[] = [];
    this.hub.on(filter, (event) => void heard.push(event.text));
    return heard;
  }

  /** How many chats have something to do. */
  get lanes(): number {
    return (this.hub as unknown as { lanes: { size: number } }).lanes.size;
  }
}

/** A promise that is resolved from outside. */
export function gate(): { readonly promise: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

/** An AbortController that tells how many listen. */
export function countedSignal() {
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  return {
    controller,
    listeners: () => listeners,
    signal: {
      get aborted() {
        return signal.aborted;
      },
      get reason(): unknown {
        return signal.reason;
      },
      addEventListener(type: 'abort', listener: () => void) {
        listeners++;
        signal.addEventListener(type, listener);
      },
      removeEventListener(type: 'abort', listener: () => void) {
        listeners--;
        signal.removeEventListener(type, listener);
      },
    },
  };
}
