import { gzipSync } from 'node:zlib';
import { decodeWith, Registry } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { ServerCore } from '../../../../packages/local-dc/src/protocol/index.js';
import type { ServerConnection } from '../../../../packages/local-dc/src/protocol/index.js';
import { localRsaKey } from '../../../../packages/local-dc/src/protocol/handshake/index.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import type { Now } from '../../../../packages/runtime/src/platform/types.js';
import { Engine } from '../../../../packages/runtime/src/session/index.js';
import type {
  CallId,
  EngineEvent,
  EngineOptions,
} from '../../../../packages/runtime/src/session/index.js';
import type { Frame } from '../../../../packages/runtime/src/transport/types.js';
import { Random } from '../../../support/random.js';
import { idOf } from '../../../support/session-peer.js';
import { BIND, BOOL_TRUE } from './pfs-rig.js';
import { seeded, START } from './rig.js';

const rsaKey = localRsaKey(nodeCrypto);
const NOTHING = new Registry();

/** What may happen to a packet, in percent. */
interface Weather {
  readonly drop: number;
  readonly twice: number;
  readonly cut: number;
}

/** An engine and a real server core, on one clock, over a network with weather. */
class World {
  readonly runs = new Map<number, number>();
  readonly settled = new Map<CallId, EngineEvent>();
  readonly events: EngineEvent[] = [];
  readonly core: ServerCore;
  readonly engine: Engine;
  time = 0;
  #random: Random;
  #line: { at: number; run: () => void }[] = [];
  #connection: ServerConnection | null = null;
  #number = 0;
  #openAt: number | null = 0;

  constructor(
    seed: number,
    private readonly weather: Weather,
    options: Partial<EngineOptions> = {},
  ) {
    this.#random = new Random(seed);
    this.core = new ServerCore({
      crypto: seeded(seed * 2 + 1),
      clock: () => START + this.time,
      rsaKeys: [rsaKey],
      saltLifetime: 120,
      handler: (call) => {
        if (idOf(call.body) === BIND) return this.#bind(call);
        const number = new DataView(call.body.buffer, call.body.byteOffset).getUint32(4, true);
        this.runs.set(number, (this.runs.get(number) ?? 0) + 1);
        if (number % 7 === 3) return { error: { code: 400, message: 'BAD' } };
        return { result: new Uint8Array(new Uint32Array(1000).fill(0xabcd0000 + number).buffer) };
      },
    });
    this.engine = new Engine({
      crypto: seeded(seed * 2 + 2),
      rsaKeys: [rsaKey],
      dcId: 2,
      gzip: gzipSync,
      tempKeyTtl: 600,
      ...options,
    });
  }

  get now(): Now {
    return { wall: START + this.time, steady: this.time };
  }

  call(number: number, after?: CallId): CallId {
    const words = new Uint32Array(number % 5 === 0 ? 400 : 2);
    words.set([0x5eed0000, number]);
    return this.engine.call({ body: new Uint8Array(words.buffer), after }, this.now);
  }

  /** Lets things happen until `done`, or until so much time has passed. */
  run(until: number, done: () => boolean = () => false): void {
    for (let steps = 0; this.time <= until && !done(); steps++) {
      if (steps > 200_000) throw new Error('something goes on and on without time passing');
      this.#exchange();
      const times = [this.engine.deadline(), this.#coreDeadline(), this.#openAt];
      for (const { at } of this.#line) times.push(at);
      const next = Math.min(...times.map((at) => at ?? Infinity), until + 1);
      this.time = Math.max(this.time, next);
      this.#deliver();
    }
    this.#listen();
  }

  #coreDeadline(): number | null {
    const deadline = this.core.deadline();
    return deadline === null ? null : deadline - START;
  }

  #exchange(): void {
    if (this.#openAt !== null && this.time >= this.#openAt) this.#open();
    this.core.tick();
    this.engine.tick(this.now);
    for (const { bytes } of this.engine.takePackets(this.now)) {
      const connection = this.#connection;
      this.#carry(() => {
        if (connection === this.#connection) connection?.receive(bytes);
      });
    }
    this.#listen();
  }

  #listen(): void {
    for (const event of this.engine.takeEvents()) {
      this.events.push(event);
      if (event.type === 'result' || event.type === 'error' || event.type === 'lost') {
        if (this.settled.has(event.call)) throw new Error(`call ${event.call} settled twice`);
        this.settled.set(event.call, event);
      }
      if (event.type === 'reconnect') this.#cut();
    }
  }

  #deliver(): void {
    const due = this.#line.filter(({ at }) => at <= this.time);
    this.#line = this.#line.filter(({ at }) => at > this.time);
    for (const { run } of due) run();
  }

  #carry(run: () => void): void {
    const random = this.#random;
    if (random.below(1000) < this.weather.cut * 10) return this.#cut();
    if (random.chance(this.weather.drop)) return;
    const at = this.time + 20;
    this.#line.push({ at, run });
    if (random.chance(this.weather.twice)) this.#line.push({ at: at + random.below(3000), run });
  }

  #open(): void {
    this.#openAt = null;
    const number = ++this.#number;
    const receive = (frame: Frame): void =>
      this.#carry(() => {
        if (number === this.#number && this.#openAt === null) {
          this.engine.receive(frame, this.now);
        }
      });
    this.#connection = this.core.open(
      { dcId: 2 },
      {
        packet: (bytes) => receive({ type: 'packet', bytes }),
        quickAck: (token) => receive({ type: 'quick-ack', token }),
        error: (code) => receive({ type: 'error', code }),
        close: () => {
          if (number === this.#number) this.#cut();
        },
      },
    );
    this.engine.connected(this.now, { polling: false });
  }

  #cut(): void {
    if (this.#openAt !== null) return;
    this.#openAt = this.time + 500;
    this.#line = [];
    const connection = this.#connection;
    this.#connection = null;
    connection?.lost();
    this.engine.disconnected(this.now);
  }

  #bind(call: Parameters<ConstructorParameters<typeof ServerCore>[0]['handler']>[0]):
    | {
        result: Uint8Array;
      }
    | { error: { code: number; message: string } } {
    const request = decodeWith(call.body, NOTHING, (r) => {
      r.int();
      const permAuthKeyId = r.long();
      const nonce = r.long();
      const expiresAt = r.int();
      return { permAuthKeyId, nonce, expiresAt, encryptedMessage: r.bytes().slice() };
    });
    const message = this.core.bindTempKey(call, request);
    return message === null ? { result: BOOL_TRUE } : { error: { code: 400, message } };
  }
}

describe('against a strict server', () => {
  it.each([true, false])('in fair weather nothing is refused; PFS %s', (pfs) => {
    const world = new World(1, { drop: 0, twice: 0, cut: 0 }, { pfs });
    let before: CallId | undefined;
    for (let i = 0; i < 300; i++) before = world.call(i, i % 3 === 1 ? before : undefined);
    world.run(30_000, () => world.engine.pendingCalls === 0);
    expect(world.settled.size).toBe(300);
    expect([...world.core.refusals]).toEqual([]);
    // Half an hour without calls: salts rotate, keys are renewed, pings go.
    for (let i = 300; i < 330; i++) {
      world.run(world.time + 60_000);
      world.call(i);
    }
    world.run(world.time + 30_000, () => world.engine.pendingCalls === 0);
    expect(world.engine.pendingCalls).toBe(0);
    expect([...world.core.refusals]).toEqual([]);
    const names = new Set(world.events.map(({ type }) => type));
    for (const bad of ['refused', 'lost', 'reconnect', 'session-failed', 'handshake-failed']) {
      expect(names).not.toContain(bad);
    }
    const bound = world.events.filter(({ type }) => type === 'temp-key').length;
    expect(bound).toBe(pfs ? 4 : 0);
    expect([...world.runs.values()].every((count) => count === 1)).toBe(true);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'rpc/close-not-acked-vs-acked: in bad weather every call settles and none runs twice; seed %i',
    (seed) => {
      const world = new World(seed, { drop: 5, twice: 5, cut: 1 });
      const calls = new Map<number, CallId>();
      for (let i = 0; i < 60; i++) {
        calls.set(i, world.call(i, i % 4 === 1 ? calls.get(i - 1) : undefined));
        world.run(world.time + 2_000);
      }
      world.run(world.time + 900_000, () => world.engine.pendingCalls === 0);
      expect(world.engine.pendingCalls).toBe(0);
      expect(world.settled.size).toBe(60);
      for (const [number, call] of calls) {
        const runs = world.runs.get(number) ?? 0;
        expect(runs, `runs of ${number}`).toBeLessThanOrEqual(1);
        const event = world.settled.get(call)!;
        if (event.type === 'result') expect(runs).toBe(1);
        if (event.type === 'lost' && !event.mayHaveRun) expect(runs).toBe(0);
      }
    },
  );
});
