import { afterEach, describe, expect, it } from 'vitest';
import { nodePlatform } from '../../../../packages/runtime/src/platform/node.js';
import type {
  ConnectOptions,
  DuplexSocket,
  SocketFactory,
  SocketTarget,
} from '../../../../packages/runtime/src/platform/sockets.js';
import {
  TransportError,
  interleave,
  raceTransports,
} from '../../../../packages/runtime/src/transport/index.js';
import { TestClock, endpoint } from './servers.js';

/** Connections that succeed or fail when the test says so. */
class ManualSockets implements SocketFactory {
  readonly attempts: {
    readonly host: string;
    readonly signal: AbortSignal;
    readonly succeed: () => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  readonly closed: string[] = [];

  connect({ host, port }: SocketTarget, { signal }: ConnectOptions): Promise<DuplexSocket> {
    return new Promise((resolve, reject) => {
      const address = { host, port };
      const socket: DuplexSocket = {
        remoteAddress: address,
        localAddress: address,
        buffered: 0,
        write: () => {},
        listen: () => {},
        close: () => void this.closed.push(host),
      };
      this.attempts.push({ host, signal, succeed: () => resolve(socket), fail: reject });
    });
  }

  get hosts(): string[] {
    return this.attempts.map(({ host }) => host);
  }
}

const v4 = (host: string) => endpoint('tcp_full', 443, { host });
const v6 = (host: string) => endpoint('tcp_full', 443, { host, ipv6: true });
const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

let clock = new TestClock();
let sockets = new ManualSockets();
afterEach(() => {
  clock = new TestClock();
  sockets = new ManualSockets();
});

const race = (
  endpoints: Parameters<typeof raceTransports>[0],
  signal?: AbortSignal,
): ReturnType<typeof raceTransports> =>
  raceTransports(endpoints, { ...nodePlatform, clock }, { sockets, signal });

describe('raceTransports', () => {
  it('IPv6 and IPv4 take turns, the kind of the first one begins', () => {
    const order = interleave([v6('a'), v6('b'), v4('c'), v6('d')]);
    expect(order.map(({ host }) => host)).toEqual(['a', 'c', 'b', 'd']);
    expect(interleave([v4('a'), v4('b'), v6('c')]).map(({ host }) => host)).toEqual([
      'a',
      'c',
      'b',
    ]);
  });

  it('the next address starts 250 ms later, the fastest wins, the others are closed', async () => {
    const racing = race([v6('six'), v4('four'), v6('last')]);
    await settle();
    expect(sockets.hosts).toEqual(['six']);
    clock.advance(249);
    expect(sockets.hosts).toEqual(['six']);
    clock.advance(1);
    await settle();
    expect(sockets.hosts).toEqual(['six', 'four']);
    sockets.attempts[1]?.succeed();
    expect((await racing).endpoint.host).toBe('four');
    expect(sockets.attempts[0]?.signal.aborted).toBe(true);
    sockets.attempts[0]?.succeed();
    await settle();
    expect(sockets.closed).toEqual(['six']);
    expect(clock.pending).toBe(0);
    clock.advance(1000);
    expect(sockets.hosts).toEqual(['six', 'four']);
  });

  it('a failure starts the next address at once', async () => {
    const racing = race([v6('six'), v4('four')]);
    await settle();
    sockets.attempts[0]?.fail(new Error('no route'));
    await settle();
    expect(sockets.hosts).toEqual(['six', 'four']);
    sockets.attempts[1]?.succeed();
    expect((await racing).remoteAddress.host).toBe('four');
    expect(clock.pending).toBe(0);
  });

  it('when all fail, the error names each', async () => {
    const racing = race([v6('six'), v4('four')]);
    const outcome = racing.catch((error: unknown) => error);
    await settle();
    sockets.attempts[0]?.fail(new Error('no route'));
    await settle();
    sockets.attempts[1]?.fail(new Error('refused'));
    const error = await outcome;
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({
      code: 'connection',
      message: expect.stringMatching(/2 addresses.*no route.*refused/),
      cause: { errors: [{ message: 'no route' }, { message: 'refused' }] },
    });
    expect(clock.pending).toBe(0);
  });

  it('a protocol that does not exist is told once, not once per address', async () => {
    const addresses = [endpoint('udp', 443, { host: 'a' }), endpoint('udp', 443, { host: 'b' })];
    await expect(race(addresses)).rejects.toThrow(/^MTProto over udp is not supported/);
    expect(sockets.attempts).toEqual([]);
  });

  it('the signal ends the race with its reason and closes what still comes', async () => {
    const abort = new AbortController();
    const outcome = race([v6('six'), v4('four')], abort.signal).catch((error: unknown) => error);
    clock.advance(250);
    await settle();
    abort.abort(new Error('enough'));
    expect(await outcome).toMatchObject({ message: 'enough' });
    for (const { signal, succeed } of sockets.attempts) {
      expect(signal.aborted).toBe(true);
      succeed();
    }
    await settle();
    expect(sockets.closed).toEqual(['six', 'four']);
    expect(clock.pending).toBe(0);
  });

  it('no address and one address', async () => {
    await expect(race([])).rejects.toMatchObject({ code: 'bad-settings' });
    const racing = race([v4('only')]);
    await settle();
    sockets.attempts[0]?.fail(new TransportError('timeout', 'slow'));
    await expect(racing).rejects.toMatchObject({ code: 'timeout', message: 'slow' });
  });
});
