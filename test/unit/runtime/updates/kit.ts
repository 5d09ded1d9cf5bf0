import { base, updates } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { UpdateEngine } from '../../../../packages/runtime/src/updates/engine/index.js';
import type {
  Delivery,
  Lost,
  StoredUpdates,
  UpdateEngineOptions,
  UpdatesAnswer,
  UpdatesOutput,
  UpdatesRequest,
} from '../../../../packages/runtime/src/updates/engine/index.js';

export const SELF = 7n;
export const USER = 100n;

export const message = (id: number, channel?: bigint): base.Message =>
  new base.Message({
    id,
    peerId:
      channel === undefined
        ? new base.PeerUser({ userId: USER })
        : new base.PeerChannel({ channelId: channel }),
    date: 1,
    message: `message ${id}`,
  });

export const newMessage = (pts: number, count = 1): base.UpdateNewMessage =>
  new base.UpdateNewMessage({ message: message(pts), pts, ptsCount: count });

export const channelMessage = (
  channel: bigint,
  pts: number,
  count = 1,
): base.UpdateNewChannelMessage =>
  new base.UpdateNewChannelMessage({ message: message(pts, channel), pts, ptsCount: count });

export const secret = (randomId: number): base.EncryptedMessageService =>
  new base.EncryptedMessageService({
    randomId: BigInt(randomId),
    chatId: 1,
    date: 1,
    bytes: new Uint8Array(4),
  });

export const newSecret = (qts: number): base.UpdateNewEncryptedMessage =>
  new base.UpdateNewEncryptedMessage({ message: secret(qts), qts });

export const named = (id: number): base.UpdateChannel =>
  new base.UpdateChannel({ channelId: BigInt(id) });

export const container = (
  list: base.TypeUpdate[],
  seq = 0,
  date = 1,
  chats: base.TypeChat[] = [],
): base.Updates => new base.Updates({ updates: list, users: [], chats, date, seq });

export const combined = (list: base.TypeUpdate[], seqStart: number, seq: number) =>
  new base.UpdatesCombined({ updates: list, users: [], chats: [], date: 1, seqStart, seq });

export const state = (pts: number, qts = 0, seq = 0, date = 1): updates.State =>
  new updates.State({ pts, qts, seq, date, unreadCount: 0 });

interface Brought {
  messages?: base.TypeMessage[];
  secrets?: base.TypeEncryptedMessage[];
  others?: base.TypeUpdate[];
}

export const difference = (to: updates.State, brought: Brought = {}): updates.Difference =>
  new updates.Difference({
    newMessages: brought.messages ?? [],
    newEncryptedMessages: brought.secrets ?? [],
    otherUpdates: brought.others ?? [],
    chats: [],
    users: [],
    state: to,
  });

export const slice = (to: updates.State, brought: Brought = {}): updates.DifferenceSlice =>
  new updates.DifferenceSlice({
    newMessages: brought.messages ?? [],
    newEncryptedMessages: brought.secrets ?? [],
    otherUpdates: brought.others ?? [],
    chats: [],
    users: [],
    intermediateState: to,
  });

export const empty = (seq = 0, date = 1): updates.DifferenceEmpty =>
  new updates.DifferenceEmpty({ date, seq });

export const channelDifference = (
  pts: number,
  brought: Omit<Brought, 'secrets'> & { final?: boolean; timeout?: number } = {},
): updates.ChannelDifference =>
  new updates.ChannelDifference({
    final: brought.final ?? true,
    pts,
    timeout: brought.timeout,
    newMessages: brought.messages ?? [],
    otherUpdates: brought.others ?? [],
    chats: [],
    users: [],
  });

export const channelEmpty = (pts: number, timeout?: number): updates.ChannelDifferenceEmpty =>
  new updates.ChannelDifferenceEmpty({ final: true, pts, timeout });

export const channelTooLong = (channel: bigint, pts?: number): updates.ChannelDifferenceTooLong =>
  new updates.ChannelDifferenceTooLong({
    final: true,
    dialog: new base.Dialog({
      peer: new base.PeerChannel({ channelId: channel }),
      topMessage: 1,
      readInboxMaxId: 0,
      readOutboxMaxId: 0,
      unreadCount: 0,
      unreadMentionsCount: 0,
      unreadReactionsCount: 0,
      unreadPollVotesCount: 0,
      notifySettings: new base.PeerNotifySettings({}),
      pts,
    }),
    messages: [message(90, channel)],
    chats: [],
    users: [],
  });

type Asked = { readonly id: number; readonly request: UpdatesRequest };

/** An engine under a clock that is moved by hand. */
export class Bench {
  readonly engine: UpdateEngine;
  readonly deliveries: Delivery[] = [];
  readonly lost: Lost[] = [];
  readonly asked: Asked[] = [];
  readonly others: UpdatesOutput[] = [];
  time = 1_000_000;

  constructor(options: Partial<UpdateEngineOptions> = {}) {
    this.engine = new UpdateEngine({ schema, self: SELF, bot: false, ...options });
  }

  get now(): { wall: number; steady: number } {
    return { wall: this.time, steady: this.time };
  }

  /** Started at pts 10, qts 5, seq 3, and up to date. */
  static started(options: Partial<UpdateEngineOptions> = {}, channels: [bigint, number][] = []) {
    const bench = new Bench(options);
    bench.start({ pts: 10, qts: 5, seq: 3, date: 1, channels: new Map(channels) });
    bench.answer(empty(3));
    for (const [, pts] of channels) bench.answer(channelEmpty(pts));
    return bench;
  }

  start(stored: StoredUpdates | null): void {
    this.engine.start(stored, this.now);
    this.take();
  }

  push(...list: base.TypeUpdate[]): void {
    this.receive(container(list));
  }

  receive(...args: [base.TypeUpdates, Parameters<UpdateEngine['receive']>[2]?]): void {
    this.engine.receive(args[0], this.now, args[1]);
    this.take();
  }

  /** Answers the oldest request. */
  answer(answer: UpdatesAnswer): void {
    this.engine.answered(this.next().id, answer, this.now);
    this.take();
  }

  fail(code: string, seconds?: number): void {
    this.engine.failed(this.next().id, { code, seconds }, this.now);
    this.take();
  }

  /** Moves the clock, ticking whenever the engine wants to be woken. */
  wait(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (let rounds = 0; rounds < 10_000; rounds++) {
      const deadline = this.engine.deadline();
      if (deadline === null || deadline > end) break;
      this.time = Math.max(this.time, deadline);
      this.engine.tick(this.now);
      this.take();
      if (rounds === 9_999) throw new Error('the engine is woken for nothing');
    }
    this.time = end;
    this.engine.tick(this.now);
    this.take();
  }

  acknowledge(): void {
    for (const { id, durable } of this.deliveries) {
      if (!durable) this.engine.delivered(id, this.now);
    }
    for (const { id } of this.lost) this.engine.delivered(id, this.now);
    this.take();
  }

  /** pts (or qts) of what was delivered; message ids where a difference brought them. */
  get seen(): (number | string)[] {
    return this.deliveries.map(({ update }) => {
      if (update._ === 'updateNewMessage' || update._ === 'updateNewChannelMessage') {
        return update.message.id;
      }
      if (update._ === 'updateNewEncryptedMessage') return `secret ${update.message.randomId}`;
      return update._;
    });
  }

  take(): void {
    for (const output of this.engine.take()) {
      if (output.type === 'deliver') this.deliveries.push(output);
      else if (output.type === 'lost') this.lost.push(output);
      else if (output.type === 'request') this.asked.push(output);
      else this.others.push(output);
    }
  }

  private next(): Asked {
    const first = this.asked.shift();
    if (first === undefined) throw new Error('nothing was asked');
    return first;
  }
}
