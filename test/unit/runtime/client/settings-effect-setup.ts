import { decode } from '@tlgen/codec';
import { LocalDc, type LocalDcOptions } from '@tlgen/local-dc';
import { base } from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, vi } from 'vitest';
import { Dispatcher } from '../../../../packages/local-dc/src/dispatch/dispatcher.js';
import {
  Client,
  MemoryStorage,
  type ClientOptions,
  type DuplexSocket,
  type PartialSettings,
  type Parts,
  type SocketFactory,
} from '../../../../packages/runtime/src/index.js';
import { nodeSockets } from '../../../../packages/runtime/src/platform/node-sockets.js';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.close();
  vi.restoreAllMocks();
});

/** Ends with the test. */
export function closing<T extends { close(): Promise<void> }>(one: T): T {
  running.push(one);
  return one;
}

/** A data center that ends with the test. */
export async function startDc(options: LocalDcOptions = {}): Promise<LocalDc> {
  return closing(await LocalDc.start(options));
}

/** A client of that data center; closed with the test. */
export function clientOf(
  dc: LocalDc,
  settings: PartialSettings & Pick<Partial<ClientOptions>, 'storage' | 'middleware'> = {},
  parts: Partial<Parts> = {},
) {
  return closing(
    new Client(
      {
        schema,
        storage: new MemoryStorage(),
        ...dc.clientOptions,
        logger: { to: 'none' },
        ...settings,
        connection: { protocol: 'tcp_intermediate', timeout: 20_000, ...settings.connection },
      },
      parts,
    ),
  );
}

/** What came to the data center with `initConnection`, and the method inside. */
export interface Introduction {
  readonly layer: number;
  readonly init: base.InitConnectionRequest;
  readonly withoutUpdates: boolean;
  readonly method: string;
}

/** Notes, from now on, how clients introduce themselves: read from the bytes that the server got. */
export function introductions(): Introduction[] {
  const list: Introduction[] = [];
  const run = Dispatcher.prototype.run;
  vi.spyOn(Dispatcher.prototype, 'run').mockImplementation(function (this: Dispatcher, call) {
    const wrapped = decode(call.body, registry) as { _: string; layer?: number; query?: unknown };
    if (wrapped._ === 'invokeWithLayer') {
      const init = wrapped.query as base.InitConnectionRequest;
      const inner = init.query as unknown as { _: string; query?: { _: string } };
      const withoutUpdates = inner._ === 'invokeWithoutUpdates';
      const method = (withoutUpdates ? inner.query?._ : inner._) ?? '';
      list.push({ layer: wrapped.layer ?? 0, init, withoutUpdates, method });
    }
    return run.call(this, call);
  });
  return list;
}

/** A connection that a client made. */
export interface Dialled {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly timeout: number;
  /** What the client sent first. */
  readonly first: Buffer;
  readonly socket: DuplexSocket;
}

/** Makes real connections, and notes where they lead and how they begin. */
export class Dialler implements SocketFactory {
  readonly dialled: Dialled[] = [];

  /** @param place - where a target really is. */
  constructor(
    private readonly place: (target: { host: string; port: number }) => {
      host: string;
      port: number;
    } = (target) => target,
  ) {}

  readonly connect: SocketFactory['connect'] = async (target, options) => {
    const { host, port, tls } = target;
    const real = await nodeSockets.connect({ ...target, ...this.place({ host, port }) }, options);
    // What is left of it: choosing an address has taken a moment.
    const timeout = Math.ceil(options.timeout);
    const one = {
      host,
      port,
      tls: tls !== undefined,
      timeout,
      first: Buffer.alloc(0),
      socket: real,
    };
    this.dialled.push(one);
    const write = real.write.bind(real);
    real.write = (bytes) => {
      if (one.first.length === 0) one.first = Buffer.from(bytes);
      write(bytes);
    };
    return real;
  };

  get last(): Dialled {
    const last = this.dialled.at(-1);
    if (!last) throw new Error('nothing was dialled');
    return last;
  }
}
