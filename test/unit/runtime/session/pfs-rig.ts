import { AuthKey, authKeyIdOf } from '../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import type { Now } from '../../../../packages/runtime/src/platform/types.js';
import { Engine, isPlain } from '../../../../packages/runtime/src/session/index.js';
import type {
  CallId,
  EngineEvent,
  EngineOptions,
  OutgoingCall,
} from '../../../../packages/runtime/src/session/index.js';
import {
  localRsaKey,
  ServerHandshake,
  type HandshakeHooks,
} from '../../../../packages/local-dc/src/protocol/handshake/index.js';
import { idOf, SessionPeer, type OpenedPacket } from '../../../support/session-peer.js';
import { request, seeded, START } from './rig.js';

export const BIND = 0xcdd42a05;
export const BOOL_TRUE = new Uint8Array(Uint32Array.of(0x997275b5).buffer);

/** A packet and the key it was sent under. */
export interface Seen extends OpenedPacket {
  readonly peer: SessionPeer;
}

/** An engine that makes its keys with a real server side; what comes after that is done by hand. */
export class PfsRig {
  readonly engine: Engine;
  readonly handshake: ServerHandshake;
  /** The keys that were made, in order. */
  readonly peers: SessionPeer[] = [];
  readonly events: EngineEvent[] = [];
  /** How many packets went without encryption. */
  plain = 0;
  time = 0;

  constructor(options: Partial<EngineOptions> = {}, hooks: HandshakeHooks = {}) {
    const rsaKey = localRsaKey(nodeCrypto);
    this.handshake = new ServerHandshake({
      crypto: seeded(2),
      rsaKeys: [rsaKey],
      dcId: 2,
      now: () => (START + this.time) / 1000,
      hooks,
    });
    this.engine = new Engine({
      crypto: seeded(1),
      rsaKeys: [rsaKey],
      dcId: 2,
      tempKeyTtl: 1000,
      ...options,
    });
    const { authKey } = options;
    if (authKey) this.know(authKey);
  }

  know(key: AuthKey): void {
    this.peers.push(new SessionPeer(seeded(50 + this.peers.length), key, () => START + this.time));
  }

  get now(): Now {
    return { wall: START + this.time, steady: this.time };
  }

  connect(): void {
    this.engine.connected(this.now, { polling: false });
  }

  /** Carries out key exchanges; gives the encrypted packets. */
  flush(): Seen[] {
    const seen: Seen[] = [];
    for (let all = this.engine.takePackets(this.now); all.length > 0;) {
      for (const { bytes } of all) {
        if (isPlain(bytes)) this.#exchange(bytes);
        else {
          const peer = this.peers.find(({ key }) => key.id === authKeyIdOf(bytes));
          if (!peer) throw new Error('a packet under a key that nobody made');
          seen.push({ ...peer.open(bytes), peer });
        }
      }
      all = this.engine.takePackets(this.now);
    }
    return seen;
  }

  /** Goes on until a bind request is on its way. */
  untilBind(): { peer: SessionPeer; msgId: bigint; body: Uint8Array; others: Seen[] } {
    const seen = this.flush();
    for (const { peer, messages } of seen) {
      for (const { msgId, body } of messages) {
        if (idOf(body) === BIND) return { peer, msgId, body, others: seen };
      }
    }
    throw new Error('no bind request');
  }

  /** Connects and binds the first temporary key. @returns its peer. */
  start(): SessionPeer {
    this.connect();
    const peer = this.bind();
    this.flush();
    this.told();
    return peer;
  }

  bind(): SessionPeer {
    const { peer, msgId } = this.untilBind();
    this.engine.receive(peer.seal(peer.result(msgId, BOOL_TRUE)), this.now);
    return peer;
  }

  /** Answers the bind request with an error. */
  refuseBind(errorMessage: string): void {
    const { peer, msgId } = this.untilBind();
    this.engine.receive(peer.seal(peer.error(msgId, 400, errorMessage)), this.now);
  }

  call(number: number, options: Partial<OutgoingCall> = {}): CallId {
    return this.engine.call({ body: request(number), ...options }, this.now);
  }

  /** The calls among what the engine sends: number and key. */
  requests(): { number: number; msgId: bigint; peer: SessionPeer }[] {
    return this.flush().flatMap(({ peer, messages }) =>
      messages
        .filter(({ body }) => idOf(body) >>> 8 === 0x5eed00)
        .map(({ body, msgId }) => ({ number: body[0] as number, msgId, peer })),
    );
  }

  /** Lets time pass, all at once. */
  wait(milliseconds: number): void {
    this.time += milliseconds;
    this.engine.tick(this.now);
  }

  reconnect(): void {
    this.engine.disconnected(this.now);
    this.time += 1_000;
    this.connect();
  }

  newEvents(): EngineEvent[] {
    const fresh = this.engine.takeEvents();
    this.events.push(...fresh);
    return fresh;
  }

  told(): string[] {
    return this.newEvents().map((event) =>
      'call' in event ? `${event.type} ${event.call}` : event.type,
    );
  }

  #exchange(bytes: Uint8Array): void {
    this.plain++;
    const { reply, done } = this.handshake.receive(bytes);
    if (done) this.know(new AuthKey(nodeCrypto, done.key.bytes));
    if (reply) this.engine.receive({ type: 'packet', bytes: reply }, this.now);
  }
}
