import type { Platform, Timer } from '../../platform/types.js';
import { TransportError, type Endpoint, type Transport } from '../types.js';
import { openTransport, type OpenOptions } from './open-transport.js';

/** How long an address has for itself before the next one is tried too (RFC 8305). */
const STAGGER = 250;

/**
 * Opens the first of several addresses of one data center that answers ("happy eyeballs"): each next one starts
 * 250 ms after the one before, or at once when that failed; IPv6 and IPv4 take turns. The others are closed.
 *
 * @param endpoints - in order of preference; the kind of the first one begins.
 * @throws TransportError that names every failure (its `cause` is an AggregateError), or the signal's reason.
 */
export async function raceTransports(
  endpoints: readonly Endpoint[],
  platform: Platform,
  options: OpenOptions = {},
): Promise<Transport> {
  const order = interleave(endpoints);
  const [first] = order;
  if (first === undefined) throw new TransportError('bad-settings', 'There is no address to open');
  if (order.length === 1) return openTransport(first, platform, options);
  const { signal } = options;
  if (signal?.aborted === true) throw signal.reason;
  return new Promise((resolve, reject) => {
    const losers = new AbortController();
    const errors: unknown[] = [];
    let next = 0;
    let settled = false;
    let timer: Timer | null = null;
    const settle = (): void => {
      settled = true;
      timer?.cancel();
      signal?.removeEventListener('abort', onAbort);
      losers.abort(new TransportError('connection', 'Another address was faster'));
    };
    const onAbort = (): void => {
      settle();
      reject(signal?.reason);
    };
    const won = (transport: Transport): void => {
      if (settled) {
        transport.close();
        return;
      }
      settle();
      resolve(transport);
    };
    const lost = (error: unknown): void => {
      if (settled) return;
      errors.push(error);
      if (error instanceof TransportError && error.code === 'unsupported') {
        // The protocol is at fault, not the address.
        settle();
        reject(error);
        return;
      }
      if (errors.length < order.length) {
        start();
        return;
      }
      settle();
      reject(joined(errors));
    };
    const start = (): void => {
      timer?.cancel();
      timer = null;
      const endpoint = order[next];
      if (endpoint === undefined) return;
      next += 1;
      if (next < order.length) timer = platform.clock.after(STAGGER, start);
      openTransport(endpoint, platform, { ...options, signal: losers.signal }).then(won, lost);
    };
    signal?.addEventListener('abort', onAbort);
    start();
  });
}

/** IPv6 and IPv4 in turns, beginning with the kind of the first one. */
export function interleave(endpoints: readonly Endpoint[]): Endpoint[] {
  const begins = endpoints[0]?.ipv6 === true;
  const same = endpoints.filter((endpoint) => (endpoint.ipv6 === true) === begins);
  const other = endpoints.filter((endpoint) => (endpoint.ipv6 === true) !== begins);
  const order: Endpoint[] = [];
  for (let i = 0; i < Math.max(same.length, other.length); i++) {
    order.push(...same.slice(i, i + 1), ...other.slice(i, i + 1));
  }
  return order;
}

function joined(errors: readonly unknown[]): TransportError {
  const known = errors.map((error) => (error instanceof TransportError ? error : null));
  const code = known[0]?.code ?? 'connection';
  const reasons = errors.map((error) => (error instanceof Error ? error.message : String(error)));
  return new TransportError(
    known.every((error) => error?.code === code) ? code : 'connection',
    `None of ${errors.length} addresses answered: ${reasons.join('; ')}`,
    { cause: new AggregateError(errors) },
  );
}
