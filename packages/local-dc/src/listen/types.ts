/** Where and how one data center listens. */
export interface ListenOptions {
  /** Data center that listens here: 1, 2 … */
  readonly dcId: number;
  /** Address to bind. Default `127.0.0.1`, and with it `::1` where the host has IPv6. */
  readonly host?: string | undefined;
  /** Port of everything without TLS. Default 0: a free one. */
  readonly port?: number | undefined;
  /** Port of https and wss, with a self-signed certificate. Default 0: a free one; false: none. */
  readonly tlsPort?: number | false | undefined;
  /** Secrets of MTProxy that clients may use here, as links spell them: plain, `dd…`, `ee…`. */
  readonly proxySecrets?: readonly (string | Uint8Array)[] | undefined;
  /** The certificate to use for TLS; made when left out. Share one between data centers to save the time. */
  readonly certificate?: Certificate | undefined;
}

/** A certificate and its private key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A data center that listens. */
export interface Listener {
  readonly dcId: number;
  readonly host: string;
  /** `::1` when it listens there too, at the same ports; else null. */
  readonly ipv6Host: string | null;
  readonly port: number;
  /** Null without TLS. */
  readonly tlsPort: number | null;
  /** PEM of the self-signed certificate; null without TLS. */
  readonly ca: string | null;
  /** Open sockets. */
  readonly connections: number;
  /** Stops listening and closes every connection; settles when nothing is open any more. */
  close(): Promise<void>;
}
