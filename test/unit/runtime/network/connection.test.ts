import { beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import {
  Connection,
  type ConnectionNews,
} from '../../../../packages/runtime/src/network/connection.js';
import type { ConnectionState } from '../../../../packages/runtime/src/network/types.js';
import type { CallEvent } from '../../../../packages/runtime/src/session/types.js';
import {
  TransportError,
  type Transport,
} from '../../../../packages/runtime/src/transport/types.js';
import { FakeClock, settle } from './fakes/clock.js';
import { FakeEngine } from './fakes/engine.js';
import { FakeTransport } from './fakes/transport.js';

const ENDPOINT = { host: 'fake', port: 1, dcId: 2, protocol: 'tcp_full' } as const;
const BODY = Uint8Array.of(1, 2, 3, 4);

class Bench {
  readonly clock = new FakeClock();
  readonly engine = new FakeEngine({ crypto: nodeCrypto, rsaKeys: [], dcId: 2 });
  readonly states: ConnectionState[] = [];
  readonly news: ConnectionNews[] = [];
  readonly transports: FakeTransport[] = [];
  dials = 0;
  onDial: (signal: AbortSignal) => Promise<Transport> = () => Promise.resolve(this.transport());
  onNews: (news: ConnectionNews) => void | Promise<void> = () => undefined;
  readonly connection = new Connection({
    clock: this.clock,
    crypto: nodeCrypto,
    engine: this.engine,
    dial: (signal) => {
      this.dials++;
      return this.onDial(signal);
    },
    onNews: (news) => {
      this.news.push(news);
      return this.onNews(news);
    },
    onState: (state) => this.states.push(state),
  });

  transport(): FakeTransport {
    const made = new FakeTransport(ENDPOINT);
    this.transports.push(made);
    return made;
  }

  get last(): FakeTransport {
    return this.transports.at(-1)!;
  }

  call(): CallEvent[] {
    const events: CallEvent[] = [];
    this.connection.call({ body: BODY }, (event) => events.push(event));
    return events;
  }

  types(): string[] {
    return this.states.map(({ type }) => type);
  }
}

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

describe('a connection', () => {
  it('tells its states and carries a call', async () => {
    bench.connection.open();
    await bench.connection.ready();
    expect(bench.types()).toEqual(['connecting', 'exchanging-keys', 'ready']);
    const events = bench.call();
    await settle();
    expect(bench.last.sent).toMatchObject([{ kind: 'call', id: 1, body: '01020304' }]);
    bench.last.answer({ type: 'acknowledged', call: 1 }, { type: 'result', call: 1, body: '0a' });
    expect(events).toEqual([
      { type: 'acknowledged', call: 1 },
      { type: 'result', call: 1, body: Uint8Array.of(10) },
    ]);
    expect(bench.connection.pending).toBe(0);
  });

  it('sends the calls of one turn together', async () => {
    bench.connection.open();
    await bench.connection.ready();
    let flushes = 0;
    const take = bench.engine.takePackets.bind(bench.engine);
    bench.engine.takePackets = () => {
      const packets = take();
      if (packets.length > 0) flushes++;
      return packets;
    };
    for (let i = 0; i < 10; i++) bench.call();
    await settle();
    expect(bench.last.sent).toHaveLength(10);
    expect(flushes).toBe(1);
  });

  it('runs the engine on time, with one timer', async () => {
    bench.engine.nextDeadline = 5_000;
    bench.connection.open();
    await bench.connection.ready();
    bench.call();
    await settle();
    expect(bench.clock.pending).toBe(1);
    await bench.clock.advance(3_999);
    expect(bench.engine.ticks).toBe(0);
    await bench.clock.advance(1);
    expect(bench.engine.ticks).toBe(1);
    expect(bench.clock.pending).toBe(0);
  });

  it('tells the engine when a polling transport is idle', async () => {
    bench.onDial = () => {
      const made = bench.transport();
      made.polling = true;
      return Promise.resolve(made);
    };
    bench.connection.open();
    await bench.connection.ready();
    bench.last.idle();
    expect(bench.engine.log).toEqual(['connected polling', 'idle']);
  });

  it('sends nothing before what has to be stored is stored', async () => {
    let stored!: () => void;
    bench.onNews = (news) =>
      news.type === 'auth-key' ? new Promise((resolve) => (stored = resolve)) : undefined;
    bench.connection.open();
    bench.call();
    await settle();
    expect(bench.last.sent).toEqual([]);
    stored();
    await settle();
    expect(bench.last.sent).toHaveLength(1);
  });

  it('closes when what has to be stored cannot be', async () => {
    const full = new Error('disk full');
    bench.onNews = (news) => (news.type === 'auth-key' ? Promise.reject(full) : undefined);
    bench.connection.open();
    const events = bench.call();
    await settle();
    expect(bench.connection.state).toEqual({ type: 'closed', error: full });
    expect(bench.last.sent).toEqual([]);
    expect(events).toMatchObject([{ type: 'lost' }]);
  });

  it('starts anew when the engine throws, and goes on', async () => {
    bench.connection.open();
    await bench.connection.ready();
    const { receive } = bench.engine;
    bench.engine.receive = () => {
      throw new RangeError('a defect');
    };
    bench.last.answer({ type: 'reconnect', reason: '-' });
    bench.engine.receive = receive;
    await bench.clock.advance(0);
    expect(bench.news.some((one) => one.type === 'refused')).toBe(true);
    expect(bench.transports).toHaveLength(2);
    expect(bench.connection.state.type).toBe('ready');
  });
});

describe('conn/half-open', () => {
  it('conn/half-open: opens another connection when the engine asks for it; calls go on', async () => {
    bench.connection.open();
    await bench.connection.ready();
    const events = bench.call();
    await settle();
    const first = bench.last;
    bench.engine.nextDeadline = bench.clock.now().steady + 2_000;
    bench.engine.tick = () => {
      bench.engine.nextDeadline = null;
      bench.engine.emit({ type: 'reconnect', reason: 'no pong' });
    };
    first.answer();
    await bench.clock.advance(2_000);
    expect(first.closed).toBe(true);
    expect(bench.engine.log).toEqual(['connected', 'disconnected', 'connected']);
    expect(bench.states).toContainEqual(
      expect.objectContaining({ type: 'waiting', reason: 'no pong' }),
    );
    expect(bench.last.sent).toMatchObject([{ kind: 'call', id: 1 }]);
    bench.last.answer({ type: 'result', call: 1, body: '0a' });
    expect(events.map(({ type }) => type)).toEqual(['result']);
    // What the old connection still says counts no more.
    first.cut(new Error('late'));
    expect(bench.connection.state.type).toBe('ready');
  });

  it('conn/half-open: works after an hour of silence', async () => {
    bench.connection.open();
    await bench.connection.ready();
    await bench.clock.advance(3_600_000);
    const events = bench.call();
    await settle();
    bench.last.answer({ type: 'result', call: 1, body: '0a' });
    expect(events).toHaveLength(1);
    expect(bench.dials).toBe(1);
  });
});

describe('conn/reconnect-backoff', () => {
  const waits = (): number[] =>
    bench.states.flatMap((state) => (state.type === 'waiting' ? [state.until] : []));

  it('conn/reconnect-backoff: pauses grow up to a bound and are not all alike', async () => {
    bench.onDial = () => Promise.reject(new TransportError('connection', 'refused'));
    bench.connection.open();
    await bench.clock.advance(600_000);
    const began = 1_000 + bench.clock.wallOffset;
    const times = [began, ...waits()];
    const pauses = times.slice(1).map((time, i) => time - times[i]!);
    expect(pauses[0]).toBe(0);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
    for (const pause of pauses.slice(1)) expect(pause).toBeGreaterThanOrEqual(500);
    expect(new Set(pauses.slice(5)).size).toBeGreaterThan(3);
    // Ten minutes of a server that refuses: some tens of attempts, not thousands.
    expect(bench.dials).toBeLessThan(150);
    expect(bench.clock.pending).toBe(1);
  });

  it('conn/reconnect-backoff: a server that closes at once does not make a loop', async () => {
    bench.onDial = () => {
      const made = bench.transport();
      queueMicrotask(() => queueMicrotask(() => made.cut()));
      return Promise.resolve(made);
    };
    bench.connection.open();
    await bench.clock.advance(60_000);
    expect(bench.dials).toBeGreaterThan(3);
    expect(bench.dials).toBeLessThan(40);
  });

  it('conn/reconnect-backoff: a success makes the next repetition immediate again', async () => {
    let fail = true;
    bench.onDial = () =>
      fail
        ? Promise.reject(new TransportError('connection', 'refused'))
        : Promise.resolve(bench.transport());
    bench.connection.open();
    await bench.clock.advance(20_000);
    fail = false;
    await bench.clock.advance(30_000);
    expect(bench.connection.state.type).toBe('ready');
    bench.call();
    await settle();
    bench.last.answer({ type: 'result', call: 1, body: '0a' });
    const before = bench.dials;
    bench.last.cut();
    await bench.clock.advance(0);
    expect(bench.dials).toBe(before + 1);
    expect(bench.connection.state.type).toBe('ready');
  });

  it('conn/reconnect-backoff: a server that takes a call and closes, again and again, makes no loop', async () => {
    bench.onDial = () => {
      const made = new FakeTransport(ENDPOINT, () =>
        queueMicrotask(() => {
          made.answer({ type: 'acknowledged', call: 1 });
          made.cut();
        }),
      );
      return Promise.resolve(made);
    };
    bench.connection.open();
    bench.call();
    await bench.clock.advance(60_000);
    expect(bench.dials).toBeGreaterThan(3);
    expect(bench.dials).toBeLessThan(40);
  });

  it('a transport that breaks its contract is a failed attempt, not the end of the process', async () => {
    bench.onDial = () => {
      bench.onDial = () => Promise.resolve(bench.transport());
      const broken = bench.transport();
      broken.listen = () => {
        throw new Error('not that kind of socket');
      };
      return Promise.resolve(broken);
    };
    bench.connection.open();
    await bench.clock.advance(0);
    expect(bench.states).toContainEqual(
      expect.objectContaining({ type: 'waiting', reason: 'not that kind of socket' }),
    );
    expect(bench.transports[0]!.closed).toBe(true);
    expect(bench.connection.state.type).toBe('ready');
  });

  it('conn/reconnect-backoff: errors that trying again cannot mend end it', async () => {
    bench.onDial = () => Promise.reject(new TransportError('unsupported', 'udp'));
    bench.connection.open();
    const events = bench.call();
    await bench.clock.advance(60_000);
    expect(bench.dials).toBe(1);
    expect(bench.connection.state).toMatchObject({ type: 'closed', error: { message: 'udp' } });
    expect(events).toMatchObject([{ type: 'lost' }]);
    await expect(bench.connection.ready()).rejects.toThrow('udp');

    const fatal = new Bench();
    fatal.connection.open();
    await fatal.connection.ready();
    const error = new Error('unknown fingerprint');
    fatal.engine.emit({ type: 'handshake-failed', error, fatal: true });
    fatal.last.answer();
    expect(fatal.connection.state).toEqual({ type: 'closed', error });
    await fatal.clock.advance(60_000);
    expect(fatal.dials).toBe(1);
  });
});

describe('conn/close-leaves-nothing', () => {
  it('conn/close-leaves-nothing: ready, with calls under way', async () => {
    bench.engine.nextDeadline = 60_000;
    bench.connection.open();
    await bench.connection.ready();
    const events = bench.call();
    await settle();
    bench.connection.close();
    expect(bench.clock.pending).toBe(0);
    expect(bench.last.closed).toBe(true);
    expect(bench.connection.pending).toBe(0);
    expect(events).toMatchObject([{ type: 'lost', mayHaveRun: true }]);
    expect(bench.states.at(-1)).toEqual({ type: 'closed', error: undefined });
    // A call that comes too late is told so, and certainly did not run.
    expect(bench.call()).toMatchObject([{ type: 'lost', mayHaveRun: false }]);
    await bench.clock.advance(100_000);
    expect(bench.dials).toBe(1);
  });

  it('conn/close-leaves-nothing: while dialling', async () => {
    let aborted = false;
    let finish!: (transport: Transport) => void;
    bench.onDial = (signal) => {
      signal.addEventListener('abort', () => (aborted = true));
      return new Promise((resolve) => (finish = resolve));
    };
    bench.connection.open();
    const ready = bench.connection.ready();
    bench.connection.close();
    await expect(ready).rejects.toThrow('closed');
    expect(aborted).toBe(true);
    // A dialler that does not care opens a connection that nobody wants.
    finish(bench.transport());
    await settle();
    expect(bench.last.closed).toBe(true);
    expect(bench.engine.log).toEqual(['close']);
  });

  it('conn/close-leaves-nothing: while waiting to try again', async () => {
    bench.onDial = () => Promise.reject(new TransportError('connection', 'refused'));
    bench.connection.open();
    await bench.clock.advance(100);
    expect(bench.clock.pending).toBe(1);
    bench.connection.close();
    expect(bench.clock.pending).toBe(0);
    const { dials } = bench;
    await bench.clock.advance(100_000);
    expect(bench.dials).toBe(dials);
  });
});
