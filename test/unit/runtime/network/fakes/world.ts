import { decode, encode, type TlMethod, type TlObject } from '@tlgen/codec';
import { auth, base, help } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { Caller } from '../../../../../packages/runtime/src/core/caller.js';
import type { Middleware } from '../../../../../packages/runtime/src/core/types.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import {
  Network,
  type NetworkNews,
  type NetworkOptions,
} from '../../../../../packages/runtime/src/network/network.js';
import type {
  ConnectionEvent,
  ConnectionSettings,
  DataCenterAddress,
} from '../../../../../packages/runtime/src/network/types.js';
import type { Platform } from '../../../../../packages/runtime/src/platform/types.js';
import type { EngineOptions } from '../../../../../packages/runtime/src/session/types.js';
import { MemoryStorage } from '../../../../../packages/runtime/src/storage/memory.js';
import type { StorageDriver } from '../../../../../packages/runtime/src/storage/types.js';
import type { Endpoint, Transport } from '../../../../../packages/runtime/src/transport/types.js';
import { FakeClock } from './clock.js';
import { FakeEngine, type FakeEvent, type Wire } from './engine.js';
import { FakeTransport } from './transport.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What a fake server answers with. */
export class Refusal {
  constructor(
    readonly code: number,
    readonly message: string,
  ) {}
}

/** `silent`: no answer; `acked`: it is acknowledged and nothing else; bytes: a result as they are. */
export type Answer = TlObject | Uint8Array | Refusal | boolean | 'silent' | 'acked';

/** One request as a fake server sees it. */
export interface Asked {
  readonly dc: number;
  readonly id: number;
  readonly after: number | null;
  readonly request: TlMethod;
  readonly transport: FakeTransport;
}

const BOOL = { true: 'b5757299', false: '379779bc' };

export const ADDRESSES: DataCenterAddress[] = [1, 2, 3, 4].map((id) => ({
  id,
  host: `dc${id}`,
  port: 443,
}));

export const SETTINGS: ConnectionSettings = {
  protocol: 'tcp_full',
  testMode: false,
  ipv6: undefined,
  timeout: 2000,
  proxy: undefined,
  subdomains: {},
};

/** Servers, clock and wires, all in the test's hand. */
export class FakeWorld {
  readonly clock = new FakeClock();
  readonly asked: Asked[] = [];
  readonly transports: FakeTransport[] = [];
  readonly engines: FakeEngine[] = [];
  readonly dials: (readonly Endpoint[])[] = [];
  answer: (asked: Asked) => Answer = (asked) => this.usual(asked);

  readonly platform: Platform = {
    name: 'node',
    clock: this.clock,
    crypto: nodeCrypto,
    sockets: { connect: () => Promise.reject(new Error('no sockets in this test')) },
    webSockets: { open: () => Promise.reject(new Error('no web sockets in this test')) },
    device: { model: 'Fake', system: 'Test', langCode: 'en', logFile: '' },
  };

  readonly engine = (options: EngineOptions): FakeEngine => {
    const made = new FakeEngine(options);
    this.engines.push(made);
    return made;
  };

  open = (
    endpoints: readonly Endpoint[],
    options: { readonly signal: AbortSignal },
  ): Promise<Transport> => {
    this.dials.push(endpoints);
    if (options.signal.aborted) return Promise.reject(options.signal.reason as Error);
    const made = new FakeTransport(endpoints[0]!, (wire, from) => this.onWire(wire, from));
    this.transports.push(made);
    return Promise.resolve(made);
  };

  get openTransports(): number {
    return this.transports.filter(({ closed }) => !closed).length;
  }

  /** Names of the methods that were asked, with their data center. */
  names(): string[] {
    return this.asked.map(({ dc, request }) => `${dc} ${request._}`);
  }

  /** Exports, imports and config; other methods answer true. */
  usual({ request, dc }: Asked): Answer {
    if (request instanceof auth.ExportAuthorizationRequest) {
      return new auth.ExportedAuthorization({ id: 5n, bytes: Uint8Array.of(request.dcId) });
    }
    if (request instanceof auth.ImportAuthorizationRequest) return authorization(5n);
    if (request instanceof help.GetConfigRequest) return config(dc, ADDRESSES);
    return true;
  }

  private onWire(wire: Wire, transport: FakeTransport): void {
    if (wire.kind !== 'call') return;
    const bytes = new Uint8Array(Buffer.from(wire.body, 'hex'));
    const request = decode(bytes, schema.registry) as TlMethod;
    const dc = Math.abs(transport.endpoint.dcId) % 10_000;
    const asked = { dc, id: wire.id, after: wire.after, request, transport };
    this.asked.push(asked);
    const event = toEvent(wire.id, this.answer(asked));
    if (event) queueMicrotask(() => transport.answer(event));
  }
}

/** The event that carries an answer. */
export function toEvent(call: number, answer: Answer): FakeEvent | null {
  if (answer === 'silent') return null;
  if (answer === 'acked') return { type: 'acknowledged', call };
  if (answer instanceof Refusal) {
    return { type: 'error', call, code: answer.code, message: answer.message };
  }
  if (typeof answer === 'boolean') return { type: 'result', call, body: BOOL[`${answer}`] };
  return {
    type: 'result',
    call,
    body: hex(answer instanceof Uint8Array ? answer : encode(answer)),
  };
}

export function authorization(id: bigint, bot = false): auth.Authorization {
  return new auth.Authorization({
    user: new base.User({ id, firstName: 'A', ...(bot && { bot, botInfoVersion: 1 }) }),
  });
}

export function config(dc: number, addresses: readonly DataCenterAddress[]): base.Config {
  const dcOptions = addresses.map(
    ({ id, host, port }) => new base.DcOption({ id, ipAddress: host, port }),
  );
  const numbers = {
    chatSizeMax: 1,
    megagroupSizeMax: 1,
    forwardedCountMax: 1,
    onlineUpdatePeriodMs: 1,
    offlineBlurTimeoutMs: 1,
    offlineIdleTimeoutMs: 1,
    onlineCloudTimeoutMs: 1,
    notifyCloudDelayMs: 1,
    notifyDefaultDelayMs: 1,
    pushChatPeriodMs: 1,
    pushChatLimit: 1,
    editTimeLimit: 1,
    revokeTimeLimit: 1,
    revokePmTimeLimit: 1,
    ratingEDecay: 1,
    stickersRecentLimit: 1,
    channelsReadMediaPeriod: 1,
    callReceiveTimeoutMs: 1,
    callRingTimeoutMs: 1,
    callConnectTimeoutMs: 1,
    callPacketTimeoutMs: 1,
    captionLengthMax: 1,
    messageLengthMax: 1,
    webfileDcId: 1,
  };
  return new base.Config({
    ...numbers,
    date: 1,
    expires: 1_800_000_000,
    testMode: false,
    thisDc: dc,
    dcOptions,
    dcTxtDomainName: '',
    meUrlPrefix: '',
  });
}

/** A caller over a fake world. */
export class FakeClient {
  readonly states: ConnectionEvent[] = [];
  readonly news: NetworkNews[] = [];
  readonly signedOut: string[] = [];
  readonly errors: unknown[] = [];
  readonly log: string[] = [];
  maxTries = 5;
  readonly network: Network;
  readonly caller: Caller;

  constructor(
    readonly world = new FakeWorld(),
    options: {
      storage?: StorageDriver;
      middleware?: readonly Middleware[];
      network?: Partial<NetworkOptions>;
    } = {},
  ) {
    this.network = new Network({
      platform: world.platform,
      engine: world.engine,
      open: world.open,
      storage: options.storage ?? new MemoryStorage(),
      dataCenters: ADDRESSES,
      homeDc: 2,
      testMode: false,
      session: () => ({
        rsaKeys: [],
        pfs: true,
        tempKeyTtl: 86_400,
        gzipAbove: 500,
        incoming: 1000,
        outgoing: 1000,
        repetitions: 5,
      }),
      mediaConnections: () => 1,
      saveInterval: () => 0,
      onError: () => undefined,
      connection: () => SETTINGS,
      prefix: (withoutUpdates, cdn) => Uint8Array.of((withoutUpdates ? 1 : 0) + (cdn ? 2 : 0)),
      onNews: (event) => {
        this.news.push(event);
        if (event.signedOut) this.signedOut.push('AUTH_KEY_LOST');
      },
      onState: (event) => this.states.push(event),
      ...options.network,
    });
    this.caller = new Caller({
      schema,
      network: this.network,
      clock: world.clock,
      crypto: nodeCrypto,
      logger: { log: (level, message) => this.log.push(`${level} ${message}`) },
      middleware: options.middleware ?? [],
      open: () => undefined,
      maxTries: () => this.maxTries,
      maxResponses: () => this.maxTries,
      queueLimit: () => 200,
      onAnswer: () => undefined,
      floodWaitBelow: () => 20,
      onUser: () => undefined,
      onSignedOut: (reason) => this.signedOut.push(reason),
      onError: (error) => this.errors.push(error),
    });
  }

  /** Opened, connected, and signed in as user 5. */
  static async signedIn(world?: FakeWorld, options?: ConstructorParameters<typeof FakeClient>[1]) {
    const client = new FakeClient(world, options);
    await client.network.open();
    await client.caller.ready();
    await client.network.store.signedIn(5n, false);
    return client;
  }

  async close(): Promise<void> {
    const closed = this.network.close();
    this.caller.close();
    await closed;
  }
}
