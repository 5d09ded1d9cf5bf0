import type { Now } from '../platform/types.js';
import type {
  CallId,
  EngineEvent,
  EngineOptions,
  OutgoingCall,
  OutgoingPacket,
  Unopened,
} from '../session/types.js';
import type { Frame, Protocol, Proxy, Transport } from '../transport/types.js';

/** One address of a data center: what settings and `help.getConfig` list. */
export interface DataCenterAddress {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly ipv6?: boolean | undefined;
  /** Only for uploads and downloads. */
  readonly mediaOnly?: boolean | undefined;
  readonly cdn?: boolean | undefined;
  /** Demands obfuscated2. */
  readonly obfuscatedOnly?: boolean | undefined;
  /** Secret that obfuscation with this address needs: 16 bytes. */
  readonly secret?: Uint8Array | undefined;
  /** Where it speaks TLS, for `https` and `websocket_tls`: port 443 and the host's authorities when left out. */
  readonly tls?:
    | {
        readonly port: number;
        readonly serverName?: string | undefined;
        /** PEM of the authority to trust instead of the host's. */
        readonly ca?: string | undefined;
      }
    | undefined;
}

/** What a connection is doing. */
export type ConnectionState =
  /** Dialling. */
  | { readonly type: 'connecting' }
  /** The connection is open; keys are made or bound. */
  | { readonly type: 'exchanging-keys' }
  /** Calls flow. */
  | { readonly type: 'ready' }
  /** It failed and will be tried again. */
  | {
      readonly type: 'waiting';
      /** Wall clock, milliseconds since 1970. */
      readonly until: number;
      readonly reason: string;
    }
  /** For good: by `close()`, or because of an error that trying again cannot mend. */
  | { readonly type: 'closed'; readonly error?: Error | undefined };

/** `main`: everything but files. `media`: uploads and downloads. */
export type ConnectionKind = 'main' | 'media';

/** The state of one connection to one data center. */
export interface ConnectionEvent {
  readonly dc: number;
  readonly kind: ConnectionKind;
  readonly state: ConnectionState;
}

/** What a connection needs of the session below it; `Engine` is the one, tests hand in others. */
export interface SessionEngine {
  connected(now: Now, transport: { readonly polling: boolean }): void;
  disconnected(now: Now): void;
  /**
   * What `open2` needs to open a packet beside the main thread; null: only `receive` can judge the frame. An engine
   * without it opens all packets itself.
   */
  unopened?(frame: Frame): Unopened | null;
  /** @param opened - what `open2` made of the packet, if that is done already. */
  receive(frame: Frame, now: Now, opened?: Uint8Array | null): void;
  idle(now: Now): void;
  call(call: OutgoingCall, now: Now): CallId;
  cancel(call: CallId, now: Now): void;
  tick(now: Now): void;
  takePackets(now: Now): readonly OutgoingPacket[];
  takeEvents(): readonly EngineEvent[];
  deadline(): number | null;
  close(now: Now): void;
}

/** Makes the engine of one connection. */
export type EngineFactory = (options: EngineOptions) => SessionEngine;

/** Opens a way to one of the addresses of a data center. */
export type Dial = (signal: AbortSignal) => Promise<Transport>;

/** Settings of the connections to one data center. */
export interface ConnectionSettings {
  readonly protocol: Protocol;
  readonly testMode: boolean;
  /** true: only IPv6, false: only IPv4, undefined: whichever answers first. */
  readonly ipv6: boolean | undefined;
  /** Milliseconds to open a connection. */
  readonly timeout: number;
  readonly proxy: Proxy | undefined;
  /** Host names of `http`, `https` and web sockets by data center: `{ 2: 'venus' }`. */
  readonly subdomains: Readonly<Record<number, string>>;
}
