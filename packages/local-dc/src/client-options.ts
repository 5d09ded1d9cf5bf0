import type { Listener } from './listen/index.js';

/** An address as the client's settings take it. */
export interface ClientAddress {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly ipv6?: boolean;
  /** It keeps copies of files, and nobody signs in there. */
  readonly cdn?: boolean;
  readonly tls?: { readonly port: number; readonly ca: string };
}

/** Settings that point a client at a local data center. */
export interface ClientOptions {
  readonly apiId: number;
  readonly apiHash: string;
  readonly dataCenters: ClientAddress[];
  /** PEM. */
  readonly rsaKeys: string[];
  /** The data center to sign in at first. */
  readonly homeDc: number;
}

/** The settings for data centers that listen. */
export function clientOptions(
  homeDc: number,
  listeners: readonly Listener[],
  rsaKey: string,
  isCdn: (dcId: number) => boolean = () => false,
): ClientOptions {
  const dataCenters = listeners.flatMap((one): ClientAddress[] => {
    const { dcId: id, host, port, tlsPort, ca, ipv6Host } = one;
    const tls = tlsPort !== null && ca !== null ? { tls: { port: tlsPort, ca } } : {};
    const cdn = isCdn(id) ? { cdn: true } : {};
    const own = host.includes(':') ? { ipv6: true } : {};
    const addresses: ClientAddress[] = [{ id, host, port, ...own, ...cdn, ...tls }];
    if (ipv6Host !== null) addresses.push({ id, host: ipv6Host, port, ipv6: true, ...cdn, ...tls });
    return addresses;
  });
  return {
    apiId: 12345,
    apiHash: '0123456789abcdef0123456789abcdef',
    dataCenters,
    rsaKeys: [rsaKey],
    homeDc,
  };
}
