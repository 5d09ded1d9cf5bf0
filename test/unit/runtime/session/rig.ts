import { decode, type TlObject } from '@tlgen/codec';
import { NewSessionCreated, Pong } from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { AuthKey, type CryptoProvider } from '../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import type { Now } from '../../../../packages/runtime/src/platform/types.js';
import { Engine } from '../../../../packages/runtime/src/session/index.js';
import type {
  CallId,
  EngineEvent,
  EngineOptions,
  OutgoingCall,
} from '../../../../packages/runtime/src/session/index.js';
import { Random } from '../../../support/random.js';
import {
  idOf,
  SessionPeer,
  type OpenedPacket,
  type PeerMessage,
} from '../../../support/session-peer.js';

/** 2026-01-02T03:04:05.000Z. */
export const START = 1_767_323_045_000;

export function seeded(seed: number): CryptoProvider {
  const random = new Random(seed);
  const randomBytes = (size: number): Uint8Array => random.bytes(size);
  return Object.assign(Object.create(nodeCrypto) as CryptoProvider, { randomBytes });
}

/** A request of the API that nobody has to understand: its number, four times. */
export function request(number: number, words = 4): Uint8Array {
  return new Uint8Array(new Uint32Array(words).fill(0x5eed0000 + number).buffer);
}

/** A result or update that is no message of MTProto. */
export function answer(number: number): Uint8Array {
  return new Uint8Array(new Uint32Array([0xabcd0000 + number, number]).buffer);
}

/** An engine with a permanent key, without PFS, and a server by hand; nothing happens by itself. */
export class Rig {
  readonly crypto = seeded(7);
  readonly key: AuthKey;
  readonly engine: Engine;
  readonly peer: SessionPeer;
  /** Milliseconds since the start. */
  time = 0;
  /** Wall clock minus server time, milliseconds. */
  skew = 0;
  /** Everything that was told. */
  readonly events: EngineEvent[] = [];
  #told = 0;

  constructor(options: Partial<EngineOptions> = {}) {
    this.key = new AuthKey(this.crypto, new Random(99).bytes(256));
    this.peer = new SessionPeer(seeded(8), this.key, () => START + this.time);
    this.engine = new Engine({
      crypto: this.crypto,
      rsaKeys: [],
      dcId: 2,
      authKey: this.key,
      salt: 0n,
      pfs: false,
      ...options,
    });
  }

  get now(): Now {
    return { wall: START + this.time + this.skew, steady: this.time };
  }

  /** Connects and lets the server's first words pass, so that only what a test does is left. */
  start(): this {
    this.connect();
    const [first] = this.flush();
    if (first === undefined) throw new Error('the engine says nothing');
    const created = new NewSessionCreated({
      firstMsgId: first.packet.msgId,
      uniqueId: 1n,
      serverSalt: 0n,
    });
    this.say(this.peer.message(created, { answer: true }));
    for (const message of first.messages) {
      const ping = this.decoded(message);
      if (ping?._ !== 'ping_delay_disconnect') continue;
      const { pingId } = ping as TlObject & { pingId: bigint };
      this.say(this.peer.message(pong(message.msgId, pingId), { answer: true, content: false }));
    }
    this.flush();
    this.wait(5_000);
    this.flush();
    this.newEvents();
    return this;
  }

  connect(polling = false): void {
    this.engine.connected(this.now, { polling });
  }

  cut(): void {
    this.engine.disconnected(this.now);
  }

  wait(milliseconds: number): void {
    this.time += milliseconds;
    this.engine.tick(this.now);
  }

  call(number: number, options: Partial<OutgoingCall> = {}): CallId {
    return this.engine.call({ body: request(number), ...options }, this.now);
  }

  /** All packets the engine wants to send. */
  flush(): OpenedPacket[] {
    return this.engine.takePackets(this.now).map(({ bytes }) => this.peer.open(bytes));
  }

  /** All messages the engine wants to send. */
  messages(): PeerMessage[] {
    return this.flush().flatMap(({ messages }) => messages);
  }

  /** Those of them that are requests of the API, whatever is around them. */
  requests(): PeerMessage[] {
    return this.messages().filter((message) => this.decoded(message) === null);
  }

  /** Service messages the engine wants to send, with that name. */
  service<T extends TlObject>(name: string): T[] {
    const all = this.messages().map((message) => this.decoded(message));
    return all.filter((one) => one?._ === name) as T[];
  }

  say(message: PeerMessage): void {
    this.engine.receive(this.peer.seal(message), this.now);
  }

  /** Null when it is no message of MTProto. */
  decoded(message: PeerMessage): TlObject | null {
    return registry.get(idOf(message.body)) === undefined ? null : decode(message.body, registry);
  }

  /** What was told since this was last asked. */
  newEvents(): EngineEvent[] {
    this.events.push(...this.engine.takeEvents());
    const fresh = this.events.slice(this.#told);
    this.#told = this.events.length;
    return fresh;
  }

  /** Types and, for calls, ids of what was told since this was last asked. */
  told(): string[] {
    return this.newEvents().map((event) =>
      'call' in event ? `${event.type} ${event.call}` : event.type,
    );
  }

  /** Why packets or messages were refused since this was last asked. */
  refusals(): string[] {
    return this.newEvents().flatMap((event) =>
      event.type === 'refused' ? [(event.error as { code?: string }).code ?? event.error.name] : [],
    );
  }
}

export function pong(msgId: bigint, pingId: bigint): Pong {
  return new Pong({ msgId, pingId });
}
