import { encode, type TlObject } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import { toHex, type PlainMessage } from '@tlgen/runtime/crypto';
import { PendingAcks } from './acks.js';
import { Calls, type CallRecord, type CallsOwner } from './calls.js';
import type { ServerConnection } from './connection.js';
import type { InnerMessage } from './container.js';
import { Delivery } from './delivery.js';
import type { CoreHost } from './host.js';
import type { KeyRecord } from './keys.js';
import { ServerMessageIds } from './message-ids.js';
import { Outbox, type OutgoingMessage } from './outbox.js';
import { receivePacket } from './receive.js';
import { ReceivedMessages } from './received.js';

/** One session of a client: what it sent, what it is owed, and the connections it can be reached over. */
export class ServerSession implements CallsOwner {
  layer = 0;
  apiId: number | null = null;
  wantsUpdates: boolean;
  /** Clock reading of the last packet. */
  lastReceived: number;
  /** new_session_created was sent. */
  announced = false;
  ended = false;

  readonly received: ReceivedMessages;
  readonly outbox: Outbox;
  readonly calls: Calls;
  readonly acks: PendingAcks;
  readonly delivery: Delivery;

  constructor(
    readonly host: CoreHost,
    readonly key: KeyRecord,
    readonly id: bigint,
    media: boolean,
  ) {
    const ids = new ServerMessageIds();
    this.wantsUpdates = !media;
    this.lastReceived = host.clock();
    this.received = new ReceivedMessages(host.settings.window);
    this.outbox = new Outbox(ids);
    this.calls = new Calls(host, this);
    this.acks = new PendingAcks(this.received);
    this.delivery = new Delivery(this, ids);
  }

  /** Whether only `auth.bindTempAuthKey` may be called. */
  get unbound(): boolean {
    return this.key.expiresAt !== null && this.host.permanentKeyOf(this.key) === null;
  }

  /**
   * Takes a decrypted packet.
   *
   * @param msgKey - of the packet: tells a packet that came twice from a message that was sent twice.
   * @param injected - a fault wants it refused with this code.
   */
  receive(
    plain: PlainMessage,
    msgKey: Uint8Array,
    connection: ServerConnection,
    injected: number | null,
  ): void {
    this.lastReceived = this.host.clock();
    this.delivery.attach(connection);
    receivePacket(this, connection, plain, toHex(msgKey), injected);
    if (connection.polling) this.delivery.poll(connection);
    this.host.dirty(this);
  }

  /** Sends bytes as an update or other message that answers nothing. */
  notify(body: Uint8Array): void {
    this.#add({ kind: 'notice', body, content: true });
  }

  /** Answers a service message; such answers need no acknowledgement. */
  reply(msgId: bigint, object: TlObject): void {
    this.replyWith(msgId, encode(object), false);
  }

  replyWith(msgId: bigint, body: Uint8Array, content: boolean): void {
    this.acks.settle(msgId);
    this.#add({ kind: 'answer', body, content });
  }

  /** As `CallsOwner`. */
  answer(call: CallRecord, body: Uint8Array): OutgoingMessage {
    const { msgId: answerTo, requestId } = call;
    this.acks.settle(answerTo);
    const message = this.#add({ kind: 'answer', body, content: true, answerTo, requestId });
    this.delivery.mayLose(message);
    return message;
  }

  /** As `CallsOwner`: an answer is there that no packet of the client brought about. */
  changed(): void {
    this.host.settle();
  }

  /** Refuses a message with bad_msg_notification or, for 48, bad_server_salt. */
  refuse(message: Pick<InnerMessage, 'msgId' | 'seqNo'>, code: number): void {
    const bad = { badMsgId: message.msgId, badMsgSeqno: message.seqNo, errorCode: code };
    const newServerSalt = this.key.salts.current(this.host.time() / 1000);
    const notice =
      code === 48
        ? new tl.BadServerSalt({ ...bad, newServerSalt })
        : new tl.BadMsgNotification(bad);
    this.#add({ kind: 'answer', body: encode(notice), content: false });
  }

  /** Says that the session is new: messages sent before this one have not come here. */
  announce(firstMsgId: bigint): void {
    if (this.announced) return;
    this.announced = true;
    this.received.begin(firstMsgId);
    const unique = this.host.settings.crypto.randomBytes(8);
    const created = new tl.NewSessionCreated({
      firstMsgId,
      uniqueId: new DataView(unique.buffer, unique.byteOffset, 8).getBigInt64(0, true),
      serverSalt: this.key.salts.current(this.host.time() / 1000),
    });
    this.notify(encode(created));
  }

  /** The client has a message of the server. */
  acknowledged(msgId: bigint): void {
    const message = this.outbox.sent(msgId);
    if (message === undefined) return;
    this.outbox.forget(message);
    if (message.answerTo === null) return;
    const call = this.calls.get(message.answerTo);
    if (call === undefined) return;
    call.acknowledged = true;
    call.answer = null;
  }

  /** Sends a message again. @returns false when it is not known any more. */
  resend(msgId: bigint): boolean {
    const message = this.outbox.sent(msgId);
    if (message === undefined) return false;
    this.delivery.again(message);
    return true;
  }

  /** Sends the answer to a request again. @returns false when there is none. */
  resendAnswer(msgId: bigint): boolean {
    const answer = this.calls.get(msgId)?.answer;
    if (!answer) return false;
    this.delivery.again(answer);
    return true;
  }

  /** Carries out rpc_drop_answer. */
  dropAnswer(msgId: bigint): tl.TypeRpcDropAnswer {
    const call = this.calls.get(msgId);
    if (!call || call.acknowledged || call.dropped) return new tl.RpcAnswerUnknown();
    this.calls.drop(call);
    if (call.succeeded === null) return new tl.RpcAnswerDroppedRunning();
    const { answer } = call;
    if (answer === null) return new tl.RpcAnswerUnknown();
    const id = this.outbox.number(answer, this.host.time());
    this.outbox.forget(answer);
    call.answer = null;
    return new tl.RpcAnswerDropped({ msgId: id, seqNo: answer.seqNo, bytes: answer.body.length });
  }

  /** http_wait: how long the request that brought it may wait. */
  waitOver(connection: ServerConnection, wait: tl.HttpWait): void {
    connection.wait = wait;
  }

  flush(): void {
    const { expiresAt } = this.key;
    if (expiresAt !== null && this.host.time() >= expiresAt * 1000) this.#expire();
    else this.delivery.flush();
  }

  /** The session is over: nothing more is sent, what runs is aborted. */
  end(): void {
    this.ended = true;
    this.calls.abortAll();
    this.delivery.end();
  }

  /** Nobody has the key any more: what is left would be sent in vain. */
  #expire(): void {
    if (!this.ended) this.host.endSession(this.key, this.id);
  }

  #add(init: Parameters<Outbox['add']>[0]): OutgoingMessage {
    this.delivery.queueing();
    this.host.dirty(this);
    return this.outbox.add(init);
  }
}
