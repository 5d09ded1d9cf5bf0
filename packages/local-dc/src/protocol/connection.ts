import type { HttpWait } from '@tlgen/mtproto';
import { authKeyIdOf, openMessage, quickAckToken, SecurityError } from '@tlgen/runtime/crypto';
import type { PlainMessage } from '@tlgen/runtime/crypto';
import { FaultGate } from '../faults/gate.js';
import type { FaultDirection, FaultMessage, FaultSubject } from '../faults/types.js';
import { constructorOf, readContainer, type InnerMessage } from './container.js';
import type { CoreHost } from './host.js';
import { MSG_CONTAINER } from './ids.js';
import type { KeyRecord } from './keys.js';
import type { RefusalKind } from './refusals.js';
import type { Appointment } from './scheduler.js';
import type { ServerSession } from './session.js';
import type { ConnectionSink, OpenOptions } from './sink.js';

/** Bytes of an unencrypted packet's auth_key_id, msg_id and length; then comes the body. */
const PLAIN_HEADER = 20;

/** One connection of a client, as far as packets go: the listener frames them, the session understands them. */
export class ServerConnection {
  readonly dcId: number;
  /** The server can only answer: the connection is one request. */
  readonly polling: boolean;
  readonly media: boolean;
  /** Sessions that may send over it. */
  readonly sessions = new Set<ServerSession>();
  /** What `http_wait` said, for polling connections. */
  wait: HttpWait | null = null;
  #closed = false;
  #disconnect: Appointment | null = null;
  readonly #incoming: FaultGate;
  readonly #outgoing: FaultGate;

  /** @internal Made by `ServerCore.open`. */
  constructor(
    private readonly host: CoreHost,
    /** 1, 2 … in the order connections were opened. */
    readonly id: number,
    options: OpenOptions,
    private readonly sink: ConnectionSink,
  ) {
    this.dcId = options.dcId;
    this.polling = options.polling ?? false;
    this.media = options.media ?? false;
    const gate = {
      after: (ms: number, run: () => void) => host.scheduler.schedule(host.clock() + ms, run),
      cut: () => this.close(true),
      // Nothing else will end the request.
      lost: () => this.polling && this.close(true),
    };
    this.#incoming = new FaultGate(host.faults, gate);
    this.#outgoing = new FaultGate(host.faults, gate);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Takes a packet of the client. Never throws for what is in it.
   *
   * @param quickAck - the client asks for a quick acknowledgement.
   */
  receive(packet: Uint8Array, quickAck = false): void {
    if (this.#closed) return;
    if (packet.length < 24) this.drop('packet', `a packet of ${packet.length} bytes`);
    else if (authKeyIdOf(packet) === 0n) this.#plain(packet);
    else this.#encrypted(packet, quickAck);
    this.host.settle();
  }

  /** The listener tells that the peer has closed the connection, or that it broke. */
  lost(): void {
    if (this.#closed) return;
    this.#end();
    this.host.settle();
  }

  /** Closes the connection from the server's side. @param broken - as `ConnectionSink.close` says. */
  close(broken = false): void {
    if (this.#closed) return;
    this.#end();
    this.sink.close(broken);
  }

  /** Closes the connection later, unless it is asked again before: `ping_delay_disconnect`. */
  disconnectAfter(ms: number): void {
    this.#disconnect?.cancel();
    if (this.polling) return;
    const at = this.host.clock() + ms;
    this.#disconnect = this.host.scheduler.schedule(at, () => this.close());
  }

  /** Sends a packet of a session. */
  send(packet: Uint8Array, sessionId: bigint, messages: readonly FaultMessage[]): void {
    const subject = this.#subject('outgoing', packet.length, sessionId, () => messages);
    this.#outgoing.pass(subject, () => this.#write(packet));
  }

  /** Sends the answer to an unencrypted packet. */
  sendPlain(packet: Uint8Array): void {
    const subject = this.#subject('outgoing', packet.length, null, () => plainContent(packet));
    this.#outgoing.pass(subject, () => this.#write(packet));
  }

  /** Sends a transport error. */
  fail(code: number): void {
    if (this.#closed) return;
    this.sink.error(code);
    if (this.polling) this.#end();
  }

  /** Notes what was wrong and closes the connection. */
  drop(kind: RefusalKind, detail: string): void {
    this.refuse(kind, null, detail);
    this.close(true);
  }

  /** Notes what was wrong. */
  refuse(kind: RefusalKind, code: number | null, detail: string): void {
    const { dcId, id: connection } = this;
    this.host.refuse({ kind, code, dcId, connection, sessionId: null, msgId: null, detail });
  }

  #plain(packet: Uint8Array): void {
    const subject = this.#subject('incoming', packet.length, null, () => plainContent(packet));
    if (this.#transportFault(subject)) return;
    this.#incoming.pass(subject, () => {
      if (this.#closed) return;
      this.host.exchange(this, packet);
      // What needs no answer is answered with an empty response.
      if (this.polling && !this.#outgoing.holding) this.close();
    });
  }

  #encrypted(packet: Uint8Array, quickAck: boolean): void {
    const key = this.#key(packet);
    if (key === null) return;
    const { crypto } = this.host.settings;
    let plain: PlainMessage;
    try {
      plain = openMessage(crypto, key.key, 'client', packet);
    } catch (thrown) {
      if (!(thrown instanceof SecurityError)) throw thrown;
      this.drop('packet', `${thrown.code}: ${thrown.message}`);
      return;
    }
    if (plain.sessionId === 0n) {
      this.drop('session', 'session_id is 0');
      return;
    }
    const content = (): FaultMessage[] => contentOf(plain);
    const subject = this.#subject('incoming', packet.length, plain.sessionId, content);
    if (this.#transportFault(subject)) return;
    const injected = subject === null ? null : this.#messageFault(subject, key);
    const msgKey = packet.subarray(8, 24);
    this.#incoming.pass(subject, () => {
      if (this.#closed) return;
      if (this.host.key(key.key.id) !== key) {
        this.fail(-404);
        return;
      }
      if (quickAck) {
        const padded = crypto.open2(packet, key.key.bytes, 0);
        if (padded) this.sink.quickAck(quickAckToken(crypto, key.key.bytes, padded, 0));
      }
      const session = this.host.session(key, plain.sessionId, this.media);
      if (session !== null) session.receive(plain, msgKey, this, injected);
      else if (this.polling) this.close();
    });
  }

  /** The key of an encrypted packet; null: refused. */
  #key(packet: Uint8Array): KeyRecord | null {
    const key = this.host.key(authKeyIdOf(packet));
    if (key === undefined || key.dcId !== this.dcId) {
      const why = key ? `the key belongs to data center ${key.dcId}` : 'there is no such key';
      this.refuse('unknown-key', -404, why);
      this.fail(-404);
      return null;
    }
    if (key.expiresAt !== null && this.host.time() >= key.expiresAt * 1000) {
      this.refuse('expired-key', -404, 'the temporary key has expired');
      this.host.destroyKey(key.key.id);
      this.fail(-404);
      return null;
    }
    return key;
  }

  #transportFault(subject: FaultSubject | null): boolean {
    if (subject === null) return false;
    const fault = this.host.faults.strike(subject, 'transport-error');
    if (fault) this.fail(fault.code ?? -404);
    return fault !== null;
  }

  #messageFault(subject: FaultSubject, key: KeyRecord): number | null {
    const { faults } = this.host;
    const fault = faults.strike(subject, 'bad-salt', 'bad-msg');
    if (fault === null) return null;
    if (fault.kind === 'bad-msg') return fault.code;
    key.salts.renew(this.host.time() / 1000);
    return 48;
  }

  #write(packet: Uint8Array): void {
    if (this.#closed) return;
    this.sink.packet(packet);
    if (this.polling) this.#end();
  }

  #end(): void {
    this.#closed = true;
    this.#disconnect?.cancel();
    for (const session of this.sessions) session.delivery.detach(this);
    this.sessions.clear();
    this.host.forget(this);
  }

  /** Null when there are no faults: then nobody looks. */
  #subject(
    direction: FaultDirection,
    size: number,
    sessionId: bigint | null,
    messages: () => readonly FaultMessage[],
  ): FaultSubject | null {
    if (this.host.faults.quiet) return null;
    return {
      direction,
      dcId: this.dcId,
      connection: this.id,
      handshake: sessionId === null,
      size,
      sessionId,
      messages: messages(),
    };
  }
}

function contentOf(plain: PlainMessage): FaultMessage[] {
  const isContainer = constructorOf(plain.body) === MSG_CONTAINER;
  const messages = isContainer ? readContainer(plain.body, plain.msgId) : [plain];
  return typeof messages === 'string' ? [] : messages.map(incomingMessage);
}

function incomingMessage({ msgId, body }: InnerMessage): FaultMessage {
  const constructorId = constructorOf(body);
  return { msgId, constructorId, answerTo: null, requestId: constructorId };
}

function plainContent(packet: Uint8Array): FaultMessage[] {
  if (packet.length < PLAIN_HEADER + 4) return [];
  const msgId = new DataView(packet.buffer, packet.byteOffset, 16).getBigInt64(8, true);
  const constructorId = constructorOf(packet.subarray(PLAIN_HEADER));
  return [{ msgId, constructorId, answerTo: null, requestId: null }];
}
