import { decode, encode, type TlObject } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { AuthKey, openMessage, sealMessage } from '@tlgen/runtime/crypto';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import { localRsaKey } from '../../../../packages/local-dc/src/protocol/handshake/index.js';
import {
  ServerCore,
  type RequestHandler,
  type RpcOutcome,
  type ServerConnection,
  type ServerCoreOptions,
} from '../../../../packages/local-dc/src/protocol/index.js';
import {
  constructorOf,
  readContainer,
  writeContainer,
} from '../../../../packages/local-dc/src/protocol/container.js';
import { seededCrypto } from '../../../../packages/local-dc/src/world/seeded.js';

export const START = 1_800_000_000_000;
export const crypto = seededCrypto(nodeCrypto, 'protocol tests');
const rsaKey = localRsaKey(nodeCrypto);

/** A made-up method and its result: the protocol does not look inside. */
export const METHOD = 0x11223344;

export function request(value: number, size = 8): Uint8Array {
  const body = new Uint8Array(size);
  const view = new DataView(body.buffer);
  view.setUint32(0, METHOD, true);
  view.setUint32(4, value, true);
  return body;
}

export class Clock {
  now = START;
  readonly read = (): number => this.now;
}

/** A core whose requests are counted, and answered with what `answers` says. */
export function server(options: Partial<ServerCoreOptions> = {}) {
  const clock = new Clock();
  const ran: number[] = [];
  const answers = new Map<number, RpcOutcome | Promise<RpcOutcome>>();
  const handler: RequestHandler = (call) => {
    const value = new DataView(call.body.buffer, call.body.byteOffset).getUint32(4, true);
    ran.push(value);
    return answers.get(value) ?? { result: request(value + 1000) };
  };
  const core = new ServerCore({
    crypto,
    clock: clock.read,
    rsaKeys: [rsaKey],
    handler,
    ...options,
  });
  /** Lets time pass, stopping wherever the core has something to do. */
  const pass = (ms: number): void => {
    const end = clock.now + ms;
    for (;;) {
      const at = core.deadline();
      if (at === null || at > end) break;
      clock.now = Math.max(clock.now, at);
      core.tick();
    }
    clock.now = end;
    core.tick();
  };
  return { core, clock, ran, answers, pass };
}

export type Server = ReturnType<typeof server>;

let keyCount = 1;

export function newKey(): AuthKey {
  const bytes = new Uint8Array(256).map((_, i) => (i * 7 + keyCount) & 0xff);
  keyCount++;
  return new AuthKey(crypto, bytes);
}

/** A message of the server, containers opened, gzip_packed not. */
export interface Got {
  readonly msgId: bigint;
  readonly seqNo: number;
  readonly body: Uint8Array;
  readonly salt: bigint;
}

export interface Out {
  readonly msgId?: bigint;
  readonly seqNo?: number;
  readonly salt?: bigint;
  readonly content?: boolean;
  readonly padding?: number;
  readonly quickAck?: boolean;
}

/** A client made by hand: it numbers messages rightly unless told otherwise, and never reacts by itself. */
export class TestClient {
  readonly key: AuthKey;
  salt: bigint;
  sessionId = 0x1234_5678n;
  readonly got: Got[] = [];
  readonly packets: Uint8Array[] = [];
  readonly errors: number[] = [];
  readonly tokens: number[] = [];
  closed = false;
  connection!: ServerConnection;
  #last = 0n;
  #content = 0;

  constructor(
    readonly at: Server,
    options: { key?: AuthKey; salt?: bigint; expiresAt?: number | null; dcId?: number } = {},
  ) {
    this.key = options.key ?? newKey();
    this.salt = options.salt ?? 77n;
    if (!options.key) {
      const { expiresAt = null, dcId = 2 } = options;
      at.core.addKey({ key: this.key, dcId, expiresAt, salt: this.salt });
    }
    this.connect();
  }

  connect(options: { polling?: boolean; dcId?: number; media?: boolean } = {}): ServerConnection {
    this.closed = false;
    const { dcId = 2, polling = false, media = false } = options;
    this.connection = this.at.core.open(
      { dcId, polling, media },
      {
        packet: (bytes) => this.#packet(bytes),
        quickAck: (token) => void this.tokens.push(token),
        error: (code) => void this.errors.push(code),
        close: () => {
          this.closed = true;
        },
      },
    );
    return this.connection;
  }

  nextId(ahead = 0): bigint {
    const id = ((BigInt(Math.floor(this.at.clock.now + ahead)) << 32n) / 1000n) & ~3n;
    this.#last = id > this.#last ? id : this.#last + 4n;
    return this.#last;
  }

  nextSeqNo(content: boolean): number {
    return content ? 2 * this.#content++ + 1 : 2 * this.#content;
  }

  /** Sends a body as a message of its own. @returns its id. */
  send(body: Uint8Array | TlObject, options: Out = {}): bigint {
    const bytes = body instanceof Uint8Array ? body : encode(body);
    const { msgId = this.nextId(), content = true } = options;
    const seqNo = options.seqNo ?? this.nextSeqNo(content);
    this.raw(bytes, { ...options, msgId, seqNo });
    return msgId;
  }

  /** Sends messages in a container. @returns the container's id. */
  container(messages: { msgId: bigint; seqNo: number; body: Uint8Array }[], out: Out = {}): bigint {
    return this.send(writeContainer(messages), { content: false, ...out });
  }

  /** A message for a container. */
  inner(body: Uint8Array | TlObject, content = true) {
    const bytes = body instanceof Uint8Array ? body : encode(body);
    return { msgId: this.nextId(), seqNo: this.nextSeqNo(content), body: bytes };
  }

  raw(body: Uint8Array, out: Out): Uint8Array {
    const { msgId = 0n, seqNo = 0, salt = this.salt, padding, quickAck = false } = out;
    const plain = { salt, sessionId: this.sessionId, msgId, seqNo, body };
    const packet = sealMessage(crypto, this.key, 'client', plain, padding ? { padding } : {});
    this.connection.receive(packet.slice(), quickAck);
    return packet;
  }

  /** Takes everything that came, as objects; results of requests stay bytes. */
  take(): (TlObject | { _: 'result'; msgId: bigint; body: Uint8Array })[] {
    return this.got.splice(0).map(({ body }) => {
      const id = constructorOf(body);
      if (id === tl.RpcResult.id) {
        const msgId = new DataView(body.buffer, body.byteOffset).getBigInt64(4, true);
        const inner = body.subarray(12);
        const isService = registry.get(constructorOf(inner)) !== undefined;
        if (isService && constructorOf(inner) !== tl.GzipPacked.id) return decode(body, registry);
        return { _: 'result' as const, msgId, body: inner };
      }
      return registry.get(id) ? decode(body, registry) : { _: 'result' as const, msgId: 0n, body };
    });
  }

  /** Names of everything that came. */
  names(): string[] {
    return this.take().map((one) => one._);
  }

  #packet(bytes: Uint8Array): void {
    this.packets.push(bytes);
    const plain = openMessage(crypto, this.key, 'server', bytes);
    if (plain.sessionId !== this.sessionId) throw new Error('a packet of another session');
    const { salt } = plain;
    const isContainer = constructorOf(plain.body) === tl.MsgContainer.id;
    const messages = isContainer ? readContainer(plain.body, plain.msgId) : [plain];
    if (typeof messages === 'string') throw new Error(messages);
    for (const { msgId, seqNo, body } of messages) this.got.push({ msgId, seqNo, body, salt });
  }
}

/** A client whose session has been greeted. */
export function greeted(at: Server, options: ConstructorParameters<typeof TestClient>[1] = {}) {
  const client = new TestClient(at, options);
  client.send(new tl.PingRequest({ pingId: 1n }));
  const ids = client.got.filter((one) => one.seqNo % 2 !== 0).map((one) => one.msgId);
  client.take();
  client.send(new tl.MsgsAck({ msgIds: ids }), { content: false });
  return client;
}
