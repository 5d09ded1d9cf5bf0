import { encode } from '@tlgen/codec';
import { HttpWait, MsgsAck } from '@tlgen/mtproto';
import type { Now } from '../../platform/types.js';
import type { Call } from '../calls/call.js';
import type { Message } from '../inbox/container.js';
import { MAX_SERVICE } from '../limits.js';
import { SeqNo } from '../seqno.js';
import type { SessionContext } from '../session-context.js';
import type { Acks } from '../timing/acks.js';
import { AFTER_BYTES, callBody } from './call-body.js';
import { PacketBuilder } from './packet-builder.js';
import { Recent } from './recent.js';
import { SentMessages, type Item, type SentMessage, type Service } from './sent-messages.js';

/** First question about a message that nothing is heard of, milliseconds after it was sent. */
export const ASK_AFTER = 10_000;

/** Packets whose acknowledgements can be taken back when the server refuses the packet. */
const PACKETS = 64;

/** A refused service message is not sent more often than this. */
const SERVICE_TRIES = 3;

/** Waiting times over HTTP, milliseconds (service messages, "HTTP Wait/Long Poll"). */
const HTTP_WAIT = { maxDelay: 500, waitAfter: 150, maxWait: 25_000 };

/** One packet, not encrypted yet. */
export interface Packed {
  readonly message: Message;
  /** Messages with calls in it that want a quick acknowledgement. */
  readonly quickAck: readonly bigint[];
  /** Whether there is something in it that has to be asked about if it stays without an answer. */
  readonly awaited: boolean;
}

/** Decides what goes into the next packet, and keeps what was sent until it is answered. */
export class Outbox {
  readonly sent = new SentMessages();
  /** Number of the connection in use. */
  connection = 0;
  /** The server knows layer and application of this session. */
  initialized = false;
  /** Makes `auth.bindTempAuthKey`, while that is to be sent. */
  bind: ((msgId: bigint) => Uint8Array) | null = null;
  /** The server may only speak when asked: ask. */
  poll = false;
  readonly #seqNo = new SeqNo();
  #service: Service[] = [];
  readonly #again = new Set<bigint>();
  readonly #packets = new Recent<bigint, readonly bigint[]>(PACKETS);

  constructor(
    private readonly context: SessionContext,
    private readonly sessionId: bigint,
    private readonly acks: Acks,
  ) {}

  /** Sends a service message soon. */
  request(kind: Service['kind'], body: Uint8Array, about: readonly bigint[] = []): void {
    this.#enqueue({ type: 'service', kind, body, about, refusals: 0 });
  }

  /** The server refused a service message: it gets another id, a few times. */
  requestAgain(service: Service): void {
    if (service.refusals >= SERVICE_TRIES) return;
    this.#enqueue({ ...service, refusals: service.refusals + 1 });
  }

  /** Sends a message again as it is, with its own id: then it cannot run twice. */
  sendAgain(msgId: bigint): void {
    if (this.sent.get(msgId) !== undefined) this.#again.add(msgId);
  }

  /** Sessions that the server was to forget, and has not said that it did. */
  leftBehind(): bigint[] {
    const sent = this.sent.all().map(({ item }) => item);
    return [...sent, ...this.#service].flatMap((item) =>
      item.type === 'service' && item.kind === 'destroy' ? item.about : [],
    );
  }

  /** The acknowledgements that went in a packet; undefined when there was no such packet lately. */
  acksOf(packetId: bigint): readonly bigint[] | undefined {
    return this.#packets.take(packetId);
  }

  /** What was meant for the connection that is gone; what matters is asked about or made anew. */
  disconnected(): void {
    this.#again.clear();
    this.#service = this.#service.filter(({ kind }) => kind === 'destroy' || kind === 'drop');
    this.poll = false;
  }

  /** @param open - whether calls may go. @returns null when there is nothing to send now. */
  pack(now: Now, open: boolean): Packed | null {
    const builder = new PacketBuilder(this.context.ids, this.#seqNo, now);
    const fresh: SentMessage[] = [];
    const quickAck: bigint[] = [];
    const keep = (message: Message, item: Item): void => {
      fresh.push(this.#keep(message, item, now));
    };
    this.#packBind(builder, keep);
    this.#packAgain(builder, now, fresh);
    this.#packService(builder, keep);
    if (open) this.#packCalls(builder, keep, quickAck);
    if (builder.empty && !this.poll && !this.#acksDue(now)) return null;
    const acks = this.acks.take();
    if (acks.length > 0) builder.add(false, () => encode(new MsgsAck({ msgIds: acks })));
    if (this.poll) builder.add(false, () => encode(new HttpWait(HTTP_WAIT)));
    this.poll = false;
    const message = builder.finish();
    for (const one of fresh) one.packetId = message.msgId;
    this.#packets.set(message.msgId, acks);
    const awaited = fresh.some(({ item }) => item.type !== 'service');
    return { message, quickAck, awaited };
  }

  #acksDue(now: Now): boolean {
    const deadline = this.acks.deadline();
    return deadline !== null && now.steady >= deadline;
  }

  #packBind(builder: PacketBuilder, keep: (message: Message, item: Item) => void): void {
    if (this.bind === null) return;
    keep(builder.add(true, this.bind), { type: 'bind' });
    this.bind = null;
  }

  #packAgain(builder: PacketBuilder, now: Now, fresh: SentMessage[]): void {
    for (const msgId of this.#again) {
      const message = this.sent.get(msgId);
      if (message !== undefined && !builder.fits(message.body.length)) return;
      this.#again.delete(msgId);
      if (message === undefined) continue;
      builder.addAgain(message);
      message.connection = this.connection;
      message.askAt = now.steady + ASK_AFTER;
      fresh.push(message);
    }
  }

  #packService(builder: PacketBuilder, keep: (message: Message, item: Item) => void): void {
    let count = 0;
    for (const service of this.#service) {
      if (!builder.fits(service.body.length)) break;
      keep(
        builder.add(false, () => service.body),
        service,
      );
      count++;
    }
    this.#service.splice(0, count);
  }

  #packCalls(
    builder: PacketBuilder,
    keep: (message: Message, item: Item) => void,
    quickAck: bigint[],
  ): void {
    const { calls, settings } = this.context;
    if (calls.queue.size === 0) return;
    const prefix = this.initialized ? null : (settings.prefix?.() ?? null);
    const around = AFTER_BYTES + (prefix?.length ?? 0);
    calls.queue.take((call) => {
      if (this.sent.calls >= settings.outgoing) return 'stop';
      const after = this.#predecessor(call);
      if (after === 'pending') return 'leave';
      if (!builder.fits(call.request.body.length + around)) return 'stop';
      const write = (): Uint8Array => callBody(call.request, { after, prefix }, settings);
      const message = builder.add(true, write);
      calls.sent(call, message.msgId, this.sessionId);
      keep(message, { type: 'call', call });
      if (call.request.quickAck === true) quickAck.push(message.msgId);
      return 'take';
    });
  }

  /** Message of the call that must run before; `pending` when it is in no message of this session. */
  #predecessor(call: Call): bigint | null | 'pending' {
    if (call.request.after === undefined) return null;
    const before = this.context.calls.get(call.request.after);
    if (before === undefined) return null;
    if (before.sessionId !== this.sessionId || before.msgId === null) return 'pending';
    // It has to end, or to get another message, first.
    return before.msgId === call.heldBy ? 'pending' : before.msgId;
  }

  #keep({ msgId, seqNo, body }: Message, item: Item, now: Now): SentMessage {
    // Written out: spreading an object is many times slower, and this runs for every call.
    const sent: SentMessage = {
      msgId,
      seqNo,
      body,
      item,
      packetId: msgId,
      connection: this.connection,
      askAt: now.steady + ASK_AFTER,
      asked: 0,
    };
    this.sent.add(sent);
    return sent;
  }

  #enqueue(service: Service): void {
    if (this.#service.length >= MAX_SERVICE) this.#service.shift();
    this.#service.push(service);
  }
}
