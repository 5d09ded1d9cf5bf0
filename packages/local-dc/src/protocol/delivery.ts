import { encode } from '@tlgen/codec';
import { MsgDetailedInfo, MsgNewDetailedInfo, type HttpWait } from '@tlgen/mtproto';
import { sealMessage } from '@tlgen/runtime/crypto';
import type { FaultMessage } from '../faults/types.js';
import type { ServerConnection } from './connection.js';
import { constructorOf, writeContainer, type InnerMessage } from './container.js';
import { timeOfMessageId, type ServerMessageIds } from './message-ids.js';
import type { OutgoingMessage } from './outbox.js';
import { Polls } from './polls.js';
import type { Appointment } from './scheduler.js';
import type { ServerSession } from './session.js';

/** Most messages of one container, and most bytes of their bodies together. */
const BATCH = 100;
const BATCH_BYTES = 512 * 1024;

/** Clients refuse messages older than 300 s: before that they need a new id, milliseconds. */
const TOO_OLD = 270_000;

/** Brings the messages of a session to its client, over whichever connections there are. */
export class Delivery {
  /** Streaming connections, the one used last at the end. */
  #connections: ServerConnection[] = [];
  readonly #polls = new Polls();
  #queuedAt = 0;
  #timer: Appointment | null = null;
  #resendTimer: Appointment | null = null;

  constructor(
    private readonly session: ServerSession,
    private readonly ids: ServerMessageIds,
  ) {}

  /** Whether the client can be reached. */
  get connected(): boolean {
    return this.#connections.length > 0 || this.#polls.waiting > 0;
  }

  /** The client has just used this connection. */
  attach(connection: ServerConnection): void {
    connection.sessions.add(this.session);
    if (connection === this.#connections.at(-1)) return;
    const isNew = !this.#connections.includes(connection);
    if (!connection.polling) {
      this.#connections = [...this.#connections.filter((one) => one !== connection), connection];
    }
    if (!isNew) return;
    // What was lost with another connection.
    for (const message of this.session.outbox.unacknowledged()) {
      if (message.sentAt === null) this.#repeat(message);
    }
  }

  /** A connection is gone, and what it carried may be lost. */
  detach(connection: ServerConnection): void {
    this.#polls.remove(connection);
    this.#connections = this.#connections.filter((one) => one !== connection);
    if (connection.polling) return;
    for (const message of this.session.outbox.unacknowledged()) {
      if (message.connection === connection.id) message.sentAt = null;
    }
  }

  /** A request over HTTP waits for its response. */
  poll(connection: ServerConnection): void {
    if (connection.closed) return;
    const wait: HttpWait | null = connection.wait;
    this.#polls.remove(connection);
    this.#polls.add(connection, this.session.host.clock(), wait)?.close();
  }

  /** A message is about to be queued. */
  queueing(): void {
    if (this.session.outbox.queued === 0) this.#queuedAt = this.session.host.clock();
  }

  /** Queues a message once more. */
  again(message: OutgoingMessage): void {
    this.queueing();
    this.session.outbox.again(message);
    this.session.host.dirty(this.session);
  }

  /** Lets the fault `drop-answer` happen to an answer: it counts as sent and lost. */
  mayLose(message: OutgoingMessage): void {
    const { faults, time, clock } = this.#reading();
    if (faults.quiet) return;
    const connection = this.#connections.at(-1) ?? this.#polls.next;
    const msgId = this.session.outbox.number(message, time);
    const subject = {
      direction: 'outgoing' as const,
      dcId: this.session.key.dcId,
      connection: connection?.id ?? 0,
      handshake: false,
      size: message.body.length,
      sessionId: this.session.id,
      messages: [describe({ msgId, seqNo: message.seqNo, body: message.body }, message)],
    };
    if (faults.strike(subject, 'drop-answer') === null) return;
    this.session.outbox.unqueue(message);
    message.sentAt = clock;
  }

  /** Sends what can be sent now, and makes an appointment for the rest. */
  flush(): void {
    const { session } = this;
    if (session.ended) return;
    const { clock, delay } = this.#reading();
    for (;;) {
      const connection = this.#connections.at(-1) ?? this.#polls.next;
      if (connection === undefined) break;
      const queued = session.outbox.queued > 0;
      if (connection.polling) {
        if (!queued || this.#polls.readyAt(this.#queuedAt, session.lastReceived) > clock) break;
      } else if (!queued && !session.acks.due(clock, delay)) break;
      this.#send(connection);
    }
    const idle = session.calls.running === 0 && session.outbox.queued === 0;
    for (const connection of this.#polls.takeDue(clock, idle)) {
      if (session.acks.size > 0) this.#send(connection);
      else connection.close();
    }
    this.#schedule();
  }

  end(): void {
    this.#timer?.cancel();
    this.#resendTimer?.cancel();
    for (const connection of this.#polls.takeAll()) connection.close();
    for (const connection of this.#connections) connection.sessions.delete(this.session);
    this.#connections = [];
  }

  #reading() {
    const { host } = this.session;
    const { faults, settings } = host;
    return { faults, clock: host.clock(), time: host.time(), delay: settings.ackDelay };
  }

  /** Sends one packet: queued messages, as many as go into one, and acknowledgements. */
  #send(connection: ServerConnection): void {
    const { session, ids } = this;
    const { outbox, acks, key } = session;
    const { clock, time } = this.#reading();
    let bytes = 0;
    const batch = outbox.take((message, count) => {
      bytes += message.body.length;
      return count < BATCH && bytes <= BATCH_BYTES;
    });
    const messages: InnerMessage[] = [];
    const seen: FaultMessage[] = [];
    for (const message of batch) {
      const age = message.msgId === null ? 0 : time - timeOfMessageId(message.msgId);
      const ahead = message.msgId !== null && ids.isAhead(message.msgId, time);
      if (age > TOO_OLD || ahead) outbox.renumber(message);
      const msgId = outbox.number(message, time);
      message.sentAt = clock;
      message.connection = connection.id;
      const inner = { msgId, seqNo: message.seqNo, body: message.body };
      messages.push(inner);
      seen.push(describe(inner, message));
    }
    const ack = acks.take();
    if (ack !== null) {
      const inner = { msgId: ids.next(time, 'notice'), seqNo: outbox.seqNo(false), body: ack };
      messages.push(inner);
      seen.push(describe(inner, null));
    }
    const [only] = messages;
    if (only === undefined) {
      connection.close();
      return;
    }
    const kind = batch.some((one) => one.kind === 'answer') ? 'answer' : 'notice';
    const outer: InnerMessage =
      messages.length === 1
        ? only
        : {
            msgId: ids.next(time, kind),
            seqNo: outbox.seqNo(false),
            body: writeContainer(messages),
          };
    const salt = key.salts.current(time / 1000);
    const plain = { salt, sessionId: session.id, ...outer };
    const packet = sealMessage(session.host.settings.crypto, key.key, 'server', plain);
    if (connection.polling) this.#polls.remove(connection);
    connection.send(packet, session.id, seen);
  }

  /** Sends a message again that nobody asked for: a long one is only offered. */
  #repeat(message: OutgoingMessage): void {
    const { session } = this;
    const { msgId, body, answerTo } = message;
    if (msgId === null || body.length <= session.host.settings.detailedInfoAbove) {
      this.again(message);
      return;
    }
    message.sentAt = session.host.clock();
    message.connection = this.#connections.at(-1)?.id ?? 0;
    const rest = { answerMsgId: msgId, bytes: body.length, status: 0 };
    const info =
      answerTo === null
        ? new MsgNewDetailedInfo(rest)
        : new MsgDetailedInfo({ msgId: answerTo, ...rest });
    this.queueing();
    session.outbox.add({ kind: 'notice', body: encode(info), content: false });
    session.host.dirty(session);
  }

  /** Sends again what the client has not acknowledged in time; gives up what is too old to be of use. */
  #resendStale(): void {
    const { session } = this;
    const { clock, time } = this.#reading();
    const { resendAfter } = session.host.settings;
    for (const message of session.outbox.unacknowledged()) {
      const age = time - timeOfMessageId(message.msgId ?? 0n);
      // Updates have other ways to be recovered; an answer keeps waiting for its client.
      if (age > TOO_OLD && message.answerTo === null) session.outbox.forget(message);
      // Lost with its connection while there was another one: nobody attaches for it.
      else if (message.sentAt === null || clock - message.sentAt >= resendAfter)
        this.#repeat(message);
    }
  }

  #schedule(): void {
    const { session } = this;
    const { scheduler, settings } = session.host;
    const { clock, delay } = this.#reading();
    const times: number[] = [];
    if (this.#connections.length > 0 && session.acks.size > 0)
      times.push(session.acks.dueAt(delay));
    const { deadline } = this.#polls;
    if (deadline !== null) times.push(deadline);
    if (this.#connections.length === 0 && deadline !== null && session.outbox.queued > 0)
      times.push(this.#polls.readyAt(this.#queuedAt, session.lastReceived));
    const at = times.length > 0 ? Math.min(...times) : null;
    if (this.#timer?.at !== at || this.#timer === null) {
      this.#timer?.cancel();
      this.#timer = at === null ? null : scheduler.schedule(at, () => this.#wake());
    }
    if (this.#resendTimer !== null || !this.connected) return;
    if (session.outbox.unacknowledged().next().done) return;
    this.#resendTimer = scheduler.schedule(clock + settings.resendAfter, () => {
      this.#resendTimer = null;
      this.#resendStale();
      session.host.dirty(session);
    });
  }

  #wake(): void {
    this.#timer = null;
    this.session.host.dirty(this.session);
  }
}

function describe(inner: InnerMessage, message: OutgoingMessage | null): FaultMessage {
  return {
    msgId: inner.msgId,
    constructorId: constructorOf(inner.body),
    answerTo: message?.answerTo ?? null,
    requestId: message?.requestId ?? null,
  };
}
