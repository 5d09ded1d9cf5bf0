import { encode, type TlObject } from '@tlgen/codec';
import { MsgContainer, RpcError } from '@tlgen/mtproto';
import {
  openMessage,
  sealMessage,
  type AuthKey,
  type CryptoProvider,
  type PlainMessage,
} from '../../packages/runtime/src/crypto/index.js';
import type { Frame } from '../../packages/runtime/src/transport/types.js';

/** A message as the peer sends or receives it. */
export interface PeerMessage {
  readonly msgId: bigint;
  readonly seqNo: number;
  readonly body: Uint8Array;
}

/** A packet of the client, opened; containers are split. */
export interface OpenedPacket {
  readonly salt: bigint;
  readonly sessionId: bigint;
  /** Of the container, or of the only message. */
  readonly packet: PlainMessage;
  readonly contained: boolean;
  readonly messages: readonly PeerMessage[];
}

/** What a message may say instead of the usual. */
export interface MessageOptions {
  /** Whether it answers something: ids are then 1 mod 4, else 3. */
  readonly answer?: boolean;
  /** Whether it wants to be acknowledged. Default true. */
  readonly content?: boolean;
  readonly msgId?: bigint;
  readonly seqNo?: number;
}

/** The server's half of one encrypted session, by hand: it does what a test says and nothing else. */
export class SessionPeer {
  salt = 0n;
  /** Taken from the client's first packet. */
  sessionId = 0n;
  #lastId = 0n;
  #content = 0;

  constructor(
    readonly crypto: CryptoProvider,
    readonly key: AuthKey,
    /** Server time in milliseconds. */
    readonly time: () => number,
  ) {}

  open(packet: Uint8Array): OpenedPacket {
    const plain = openMessage(this.crypto, this.key, 'client', packet);
    this.sessionId = plain.sessionId;
    const contained = idOf(plain.body) === MsgContainer.id;
    const messages = contained ? split(plain.body) : [plain];
    return { salt: plain.salt, sessionId: plain.sessionId, packet: plain, contained, messages };
  }

  /** The next id of the server; `offset` seconds away from its time. */
  id(answer: boolean, offset = 0): bigint {
    const time = this.time() + offset * 1000;
    const seconds = Math.floor(time / 1000);
    const rest = Math.floor(((time - seconds * 1000) / 1000) * 2 ** 32);
    let id = (BigInt(seconds) << 32n) | (BigInt(rest) & ~3n);
    if (offset !== 0) return id | (answer ? 1n : 3n);
    if (id <= this.#lastId) id = (this.#lastId & ~3n) + 4n;
    id |= answer ? 1n : 3n;
    this.#lastId = id;
    return id;
  }

  message(content: TlObject | Uint8Array, options: MessageOptions = {}): PeerMessage {
    const wanted = options.content ?? true;
    const seqNo = this.#content * 2 + (wanted ? 1 : 0);
    if (wanted) this.#content++;
    return {
      msgId: options.msgId ?? this.id(options.answer ?? false),
      seqNo: options.seqNo ?? seqNo,
      body: content instanceof Uint8Array ? content : encode(content),
    };
  }

  /** `rpc_result`. */
  result(
    reqMsgId: bigint,
    content: TlObject | Uint8Array,
    options: MessageOptions = {},
  ): PeerMessage {
    const body = content instanceof Uint8Array ? content : encode(content);
    return this.message(rpcResult(reqMsgId, body), { answer: true, ...options });
  }

  error(reqMsgId: bigint, errorCode: number, errorMessage: string): PeerMessage {
    return this.result(reqMsgId, new RpcError({ errorCode, errorMessage }));
  }

  /** Several messages as one. */
  container(messages: readonly PeerMessage[], options: MessageOptions = {}): PeerMessage {
    return this.message(containerBody(messages), { content: false, ...options });
  }

  seal(message: PeerMessage, sessionId = this.sessionId): Frame {
    const plain = { ...message, salt: this.salt, sessionId };
    return { type: 'packet', bytes: sealMessage(this.crypto, this.key, 'server', plain) };
  }
}

export function idOf(body: Uint8Array): number {
  return new DataView(body.buffer, body.byteOffset, body.byteLength).getUint32(0, true);
}

export function rpcResult(reqMsgId: bigint, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xf35c6d01, true);
  view.setBigInt64(4, reqMsgId, true);
  bytes.set(body, 12);
  return bytes;
}

export function containerBody(messages: readonly PeerMessage[]): Uint8Array {
  const size = messages.reduce((sum, { body }) => sum + 16 + body.length, 8);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MsgContainer.id, true);
  view.setUint32(4, messages.length, true);
  let at = 8;
  for (const { msgId, seqNo, body } of messages) {
    view.setBigInt64(at, msgId, true);
    view.setInt32(at + 8, seqNo, true);
    view.setInt32(at + 12, body.length, true);
    bytes.set(body, at + 16);
    at += 16 + body.length;
  }
  return bytes;
}

function split(body: Uint8Array): PeerMessage[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const messages: PeerMessage[] = [];
  let at = 8;
  for (let i = view.getUint32(4, true); i > 0; i--) {
    const length = view.getInt32(at + 12, true);
    messages.push({
      msgId: view.getBigInt64(at, true),
      seqNo: view.getInt32(at + 8, true),
      body: body.subarray(at + 16, at + 16 + length),
    });
    at += 16 + length;
  }
  if (at !== body.length) throw new Error('the container of the client does not add up');
  return messages;
}
