import { createHash } from 'node:crypto';
import { NewSessionCreated } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { AuthKey, type CryptoProvider } from '../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import type { CryptoWorkers } from '../../../../packages/runtime/src/crypto/workers.js';
import { Connection } from '../../../../packages/runtime/src/network/connection.js';
import type { Now } from '../../../../packages/runtime/src/platform/types.js';
import { nodeWorkers } from '../../../../packages/runtime/src/platform/node-workers.js';
import {
  Engine,
  type EngineEvent,
  type EngineOptions,
} from '../../../../packages/runtime/src/session/index.js';
import type {
  Frame,
  Transport,
  TransportReceiver,
} from '../../../../packages/runtime/src/transport/types.js';
import { Random, seedFor } from '../../../support/random.js';
import { idOf, SessionPeer, type PeerMessage } from '../../../support/session-peer.js';
import { PfsRig } from '../session/pfs-rig.js';
import { answer, request, seeded } from '../session/rig.js';
import { FakeClock, settle } from './fakes/clock.js';

const ENDPOINT = { host: 'fake', port: 1, dcId: 2, protocol: 'tcp_full' } as const;
const LARGE = 40_000;

/** Opens packets when a test says so, in the order that it says. */
class SlowWorkers implements CryptoWorkers {
  readonly threshold = 32_768;
  readonly jobs: (() => void)[] = [];
  most = 0;
  asked = 0;

  ige(): Promise<Uint8Array> {
    return Promise.reject(new Error('nobody asks for this here'));
  }

  open2(packet: Uint8Array, authKey: Uint8Array, x: 0 | 8): Promise<Uint8Array | null> {
    this.asked++;
    return new Promise((resolve) => {
      this.jobs.push(() => resolve(nodeCrypto.open2(packet, authKey, x)));
      this.most = Math.max(this.most, this.jobs.length);
    });
  }

  finish(random: Random): void {
    this.jobs.splice(random.below(this.jobs.length), 1)[0]?.();
  }

  async finishAll(random = new Random(1)): Promise<void> {
    while (this.jobs.length > 0) {
      this.finish(random);
      await settle();
    }
    await settle();
  }
}

/** What an event says, as a line. */
function lineOf(event: EngineEvent): string {
  const text = JSON.stringify(event, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof Uint8Array) return createHash('sha1').update(value).digest('hex');
    if (value instanceof Error) return `${(value as { code?: string }).code}: ${value.message}`;
    return value;
  });
  return text;
}

/** Notes what it tells, and what became of its connection. */
class Watched extends Engine {
  readonly log: string[] = [];

  override takeEvents(): EngineEvent[] {
    const events = super.takeEvents();
    this.log.push(...events.map(lineOf));
    return events;
  }

  override disconnected(now: Now): void {
    this.log.push('disconnected');
    super.disconnected(now);
  }
}

class RawTransport implements Transport {
  readonly endpoint = ENDPOINT;
  readonly remoteAddress = { host: 'fake', port: 1 };
  readonly buffered = 0;
  readonly polling = false;
  readonly sent: Uint8Array[] = [];
  receiver: TransportReceiver | null = null;

  send(packet: Uint8Array): void {
    this.sent.push(packet);
  }

  listen(receiver: TransportReceiver): void {
    this.receiver = receiver;
  }

  close(): void {
    this.receiver?.onClose();
  }
}

/** A connection with a real engine. Two of them draw the same random bytes. */
class Side {
  readonly clock = new FakeClock();
  readonly key: AuthKey;
  readonly engine: Watched;
  readonly connection: Connection;
  readonly transports: RawTransport[] = [];

  constructor(workers?: CryptoWorkers, options: Partial<EngineOptions> = {}) {
    const crypto: CryptoProvider = seeded(7);
    this.key = new AuthKey(crypto, new Random(99).bytes(256));
    this.engine = new Watched({
      crypto,
      rsaKeys: [],
      dcId: 2,
      authKey: this.key,
      salt: 0n,
      pfs: false,
      ...options,
    });
    this.connection = new Connection({
      clock: this.clock,
      crypto,
      workers,
      engine: this.engine,
      dial: () => {
        const transport = new RawTransport();
        this.transports.push(transport);
        return Promise.resolve(transport);
      },
      onNews: () => undefined,
      onState: () => undefined,
    });
  }

  get wire(): RawTransport {
    return this.transports.at(-1)!;
  }

  /** Connected; gives the peer, which has heard the first packet. */
  async start(): Promise<SessionPeer> {
    this.connection.open();
    await this.connection.ready();
    await settle();
    const peer = new SessionPeer(seeded(8), this.key, () => this.clock.now().wall);
    this.heardBy(peer);
    const created = new NewSessionCreated({ firstMsgId: 1n, uniqueId: 1n, serverSalt: 0n });
    this.take(peer.seal(peer.message(created, { answer: true })));
    return peer;
  }

  take(frame: Frame): void {
    this.wire.receiver?.onFrame(frame);
  }

  /** Requests that were sent since this was last asked. */
  heardBy(peer: SessionPeer): PeerMessage[] {
    const packets = this.wire.sent.splice(0).map((bytes) => peer.open(bytes));
    const messages = packets.flatMap((packet) => packet.messages);
    return messages.filter(({ body }) => idOf(body) >>> 8 === 0x5eed00);
  }
}

/** An update nobody has to understand. */
const update = (random: Random, size: number): Uint8Array => {
  const body = random.bytes(size & ~3);
  body.set(answer(random.below(1000)));
  return body;
};

/** Frames of all kinds, with large ones among them: what a server may send, and what it may not. */
function framesOf(random: Random, peer: SessionPeer, calls: readonly PeerMessage[]): Frame[] {
  const frames: Frame[] = [];
  const open = [...calls];
  const size = (): number =>
    random.chance(40) ? LARGE + random.below(30_000) : 16 + random.below(200);
  for (let i = 0; i < 60; i++) {
    const kind = random.below(10);
    const call = open[0];
    if (kind < 3 && call) {
      open.shift();
      frames.push(peer.seal(peer.result(call.msgId, update(random, size()))));
    } else if (kind < 6) frames.push(peer.seal(peer.message(update(random, size()))));
    else if (kind === 6) {
      const inner = [1, 2, 3].map(() => peer.message(update(random, size() >> 1)));
      frames.push(peer.seal(peer.container(inner)));
    } else if (kind === 7 && frames.length > 0) frames.push(random.pick(frames));
    else if (kind === 8)
      frames.push({ type: 'quick-ack', token: (random.next() | 0x80000000) >>> 0 });
    // Refused for what is inside: another session, a client's id.
    else if (random.chance(50)) frames.push(peer.seal(peer.message(update(random, size())), 5n));
    else
      frames.push(peer.seal(peer.message(update(random, size()), { msgId: peer.id(false) & ~3n })));
  }
  return frames;
}

describe('large packets opened beside the main thread', () => {
  it('tell the same in the same order, whenever the threads are done', async () => {
    for (let run = 0; run < 8; run++) {
      const random = new Random(seedFor('incoming', run));
      const workers = new SlowWorkers();
      const [here, there] = [new Side(), new Side(workers)];
      const [peer] = [await here.start(), await there.start()];
      for (const side of [here, there]) {
        for (let i = 0; i < 15; i++) {
          side.connection.call({ body: request(i), repeatable: true }, () => undefined);
        }
        await settle();
      }
      const frames = framesOf(random, peer, here.heardBy(peer));
      for (const frame of frames) {
        here.take(frame);
        there.take(frame);
        if (random.chance(30)) await settle();
        if (random.chance(50) && workers.jobs.length > 0) workers.finish(random);
      }
      await workers.finishAll(random);
      expect(there.engine.log).toEqual(here.engine.log);
      expect(here.engine.log.filter((line) => line.includes('"result"')).length).toBeGreaterThan(3);
      expect(here.engine.log.filter((line) => line.includes('"refused"')).length).toBeGreaterThan(
        2,
      );
      expect(workers.asked).toBeGreaterThan(5);
      expect(workers.most).toBeLessThanOrEqual(8);
      here.connection.close();
      there.connection.close();
    }
  });

  it('msg/modified-packet: a changed packet is refused as it is on the main thread, and ends the connection', async () => {
    for (const at of [8, 24, 20_000, LARGE]) {
      const workers = new SlowWorkers();
      const [here, there] = [new Side(), new Side(workers)];
      const [peer] = [await here.start(), await there.start()];
      const random = new Random(at);
      const good = [1, 2, 3].map(() => peer.seal(peer.message(update(random, LARGE))));
      const changed = good[1] as Frame & { type: 'packet' };
      changed.bytes[at]! ^= 0x40;
      for (const frame of good) {
        here.take(frame);
        there.take(frame);
      }
      await workers.finishAll();
      expect(there.engine.log).toEqual(here.engine.log);
      const text = there.engine.log.join('\n');
      expect(text).toContain('msg-key: msg_key does not belong to the packet');
      expect(text).toContain('"reconnect"');
      // The third came over a connection that was given up.
      expect(text.match(/"type":"update"/g)).toHaveLength(1);
      here.connection.close();
      there.connection.close();
    }
  });

  it('are heard before the end when the connection is lost meanwhile, and only once', async () => {
    const workers = new SlowWorkers();
    const side = new Side(workers);
    const peer = await side.start();
    const settled: string[] = [];
    side.connection.call({ body: request(1) }, (event) => settled.push(event.type));
    await settle();
    const [call] = side.heardBy(peer);
    side.take(peer.seal(peer.result(call!.msgId, update(new Random(1), LARGE))));
    side.take(peer.seal(peer.message(update(new Random(2), 100))));
    expect(settled).toEqual([]);
    side.wire.receiver?.onClose();
    expect(settled).toEqual(['result']);
    const told = side.engine.log.map(
      (line) => /"type":"(result|update)"|^disconnected/.exec(line)?.[0],
    );
    expect(told.filter(Boolean)).toEqual(['"type":"result"', '"type":"update"', 'disconnected']);
    await workers.finishAll();
    expect(settled).toEqual(['result']);
    expect(side.engine.log.filter((line) => line.includes('refused'))).toEqual([]);
    side.connection.close();
  });

  it('are forgotten when the connection is closed meanwhile', async () => {
    const workers = new SlowWorkers();
    const side = new Side(workers);
    const peer = await side.start();
    const settled: string[] = [];
    side.connection.call({ body: request(1) }, (event) => settled.push(event.type));
    await settle();
    const [call] = side.heardBy(peer);
    side.take(peer.seal(peer.result(call!.msgId, update(new Random(1), LARGE))));
    side.connection.close();
    const before = side.engine.log.length;
    await workers.finishAll();
    expect(settled).toEqual(['lost']);
    expect(side.engine.log).toHaveLength(before);
  });

  it('that came over the connection before are not heard after the next one was made', async () => {
    const workers = new SlowWorkers();
    const side = new Side(workers);
    const peer = await side.start();
    side.take(peer.seal(peer.message(update(new Random(1), LARGE))));
    // Waits behind it, and asks for another connection.
    side.take({ type: 'error', code: -429 });
    side.take(peer.seal(peer.message(update(new Random(2), LARGE))));
    await workers.finishAll();
    const text = side.engine.log.join('\n');
    expect(text.match(/"type":"update"/g)).toHaveLength(1);
    expect(text).toContain('transport error -429');
    side.connection.close();
  });

  it('hold back no more than 16 MiB', async () => {
    const workers = new SlowWorkers();
    const side = new Side(workers);
    const peer = await side.start();
    const frame = peer.seal(peer.message(update(new Random(1), 1_000_000)));
    const updates = (): number =>
      side.engine.log.filter((line) => line.includes('"update"')).length;
    const refusedOnce = peer.seal(peer.message(update(new Random(2), 1_000_000)));
    side.take(refusedOnce);
    for (let i = 0; i < 15; i++) side.take(frame);
    expect(workers.most).toBe(8);
    expect(updates()).toBe(0);
    side.take(frame);
    expect(updates()).toBe(2);
    await workers.finishAll();
    expect(updates()).toBe(2);
    side.connection.close();
  });

  it('are opened here when a pool breaks its promise', async () => {
    const broken: CryptoWorkers = {
      threshold: 32_768,
      ige: () => Promise.reject(new Error('broken')),
      open2: () => Promise.reject(new Error('broken')),
    };
    const side = new Side(broken);
    const peer = await side.start();
    side.take(peer.seal(peer.message(update(new Random(1), LARGE))));
    side.take(peer.seal(peer.message(update(new Random(2), 100))));
    await settle();
    expect(side.engine.log.filter((line) => line.includes('"update"'))).toHaveLength(2);
    side.connection.close();
  });

  it('go through real threads', async () => {
    const side = new Side(nodeWorkers(2));
    const peer = await side.start();
    const updates = (): number =>
      side.engine.log.filter((line) => line.includes('"update"')).length;
    const random = new Random(3);
    for (let i = 0; i < 12; i++) side.take(peer.seal(peer.message(update(random, 300_000))));
    expect(updates()).toBe(0);
    while (updates() < 12) await new Promise((resolve) => setImmediate(resolve));
    expect(side.engine.log.filter((line) => line.includes('refused'))).toEqual([]);
    side.connection.close();
  });
});

describe('an engine whose packets are opened elsewhere', () => {
  it('drops, as always, a packet under a key that was given up meanwhile', () => {
    const [here, there] = [0, 1].map(() => {
      const rig = new PfsRig();
      const peer = rig.start();
      const frame = peer.seal(peer.message(update(new Random(4), LARGE)));
      const { packet, authKey, x } = rig.engine.unopened(frame)!;
      const plain = nodeCrypto.open2(packet, authKey, x);
      expect(plain).not.toBeNull();
      // The temporary key expires.
      rig.wait(2_000_000);
      expect(rig.engine.unopened(frame)).toBeNull();
      rig.told();
      return { rig, frame, plain };
    });
    here!.rig.engine.receive(here!.frame, here!.rig.now);
    there!.rig.engine.receive(there!.frame, there!.rig.now, there!.plain);
    expect(here!.rig.told()).toEqual([]);
    expect(there!.rig.told()).toEqual([]);
  });

  it('refuses, as always, a packet of a session that failed meanwhile', async () => {
    const [here, there] = [new Side(), new Side()];
    for (const side of [here, there]) {
      const peer = await side.start();
      const frame = peer.seal(peer.message(update(new Random(4), LARGE)));
      const { packet, authKey, x } = side.engine.unopened(frame)!;
      const plain = nodeCrypto.open2(packet, authKey, x);
      // Older than all that are remembered: the session gives way to a new one with the same key.
      for (let i = 0; i < 1001; i++) peer.id(false);
      const many = Array.from({ length: 1001 }, () => peer.message(answer(1)));
      const old = peer.message(answer(2), { msgId: (peer.id(false) & ~3n) - (1000n << 32n) + 3n });
      side.engine.receive(peer.seal(peer.container(many)), side.clock.now());
      side.engine.receive(peer.seal({ ...old, msgId: many[0]!.msgId - 40n }), side.clock.now());
      side.engine.takeEvents();
      side.engine.log.length = 0;
      side.engine.receive(frame, side.clock.now(), side === there ? plain : undefined);
      side.engine.takeEvents();
      side.connection.close();
    }
    expect(here.engine.log[0]).toContain('session-id');
    expect(there.engine.log).toEqual(here.engine.log);
  });

  it('offers nothing that it could not have opened itself', async () => {
    const side = new Side();
    const peer = await side.start();
    const good = peer.seal(peer.message(update(new Random(5), 1000))) as Frame & { type: 'packet' };
    expect(side.engine.unopened(good)).toMatchObject({ x: 8 });
    const bytes = (change: (bytes: Uint8Array) => Uint8Array): Frame => ({
      type: 'packet',
      bytes: change(good.bytes.slice()),
    });
    const plain = bytes((all) => all.fill(0, 0, 8));
    const stranger = bytes((all) => all.fill(1, 0, 8));
    const crooked = bytes((all) => all.subarray(0, -4));
    const short = bytes((all) => all.subarray(0, 7));
    const header = bytes((all) => all.subarray(0, 24));
    for (const frame of [plain, stranger, crooked, short, header]) {
      expect(side.engine.unopened(frame)).toBeNull();
    }
    expect(side.engine.unopened({ type: 'error', code: -404 })).toBeNull();
    side.connection.close();
    expect(side.engine.unopened(good)).toBeNull();
  });
});
