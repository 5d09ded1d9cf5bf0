import { portableCrypto } from '../crypto/provider/portable.js';
import { SocketError } from './errors.js';
import { hostClock } from './timers.js';
import type { Platform } from './types.js';
import { webFetchOf } from './web-fetch.js';
import { webSocketsOf, type WebSocketLike } from './web-sockets.js';
import { webWorkersOf, type WebWorkerHost } from './web-workers.js';

/** What is looked up when it is used, because not every host has all of it. */
const host = globalThis as unknown as {
  readonly WebSocket?: new (url: string, protocol: string) => WebSocketLike;
  readonly fetch: Parameters<typeof webFetchOf>[0];
  readonly navigator?: { readonly userAgent?: string; readonly language?: string };
};

/** Browsers and their workers: web sockets and `fetch`, no TCP. */
export const webPlatform: Platform = {
  name: 'web',
  clock: hostClock,
  crypto: portableCrypto,
  fetch: webFetchOf((url, request) => host.fetch(url, request)),
  webSockets: webSocketsOf((url, protocol) => {
    if (host.WebSocket === undefined) {
      throw new SocketError('unsupported', 'This host has no WebSocket');
    }
    return new host.WebSocket(url, protocol);
  }),
  workers: webWorkersOf(globalThis as unknown as WebWorkerHost),
  fetchFile:
    typeof globalThis.fetch === 'function'
      ? (url, { signal }) => globalThis.fetch(url, { signal: signal ?? null })
      : undefined,
  device: {
    model: browserOf(host.navigator?.userAgent ?? ''),
    system: systemOf(host.navigator?.userAgent ?? ''),
    logFile: '',
    langCode: /^[a-z]{2,3}/i.exec(host.navigator?.language ?? '')?.[0].toLowerCase() ?? 'en',
  },
};

/** The same under the name that `#platform` imports. */
export const platform = webPlatform;

/** Browsers name themselves last or before `Safari`; the order below looks for the rarer names first. */
function browserOf(agent: string): string {
  const name = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((one) => agent.includes(one));
  return name === undefined ? 'Browser' : name.replace('Edg', 'Edge').replace('OPR', 'Opera');
}

function systemOf(agent: string): string {
  const systems = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'CrOS', 'Linux'];
  return systems.find((one) => agent.includes(one)) ?? 'Web';
}
