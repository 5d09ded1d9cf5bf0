import { TEST_OFFSET, type Endpoint } from '../transport/types.js';
import { DataCenterError } from './errors.js';
import type { ConnectionKind, ConnectionSettings, DataCenterAddress } from './types.js';

/** The addresses everyone starts with; `help.getConfig` tells the others. */
const MAIN: readonly DataCenterAddress[] = [
  { id: 2, host: '149.154.167.51', port: 443 },
  { id: 2, host: '2001:067c:04e8:f002:0000:0000:0000:000a', port: 443, ipv6: true },
];
const TEST: readonly DataCenterAddress[] = [
  { id: 2, host: '149.154.167.40', port: 443 },
  { id: 2, host: '2001:067c:04e8:f002:0000:0000:0000:000e', port: 443, ipv6: true },
];

/** No more ways than these are tried at once. */
const MAX_ENDPOINTS = 4;

export interface AddressBook {
  /** What the settings list: for a data center that has some, nothing else is used. */
  readonly listed: readonly DataCenterAddress[];
  /** What `help.getConfig` told. */
  readonly fetched: readonly DataCenterAddress[];
}

/** Signed id as key exchange and obfuscation name a data center: +10000 for test servers, negative for media. */
export function signedDcId(dc: number, kind: ConnectionKind, testMode: boolean): number {
  const id = testMode ? dc + TEST_OFFSET : dc;
  return kind === 'media' ? -id : id;
}

/**
 * The ways to a data center, best first.
 *
 * @throws DataCenterError when there is none.
 */
export function chooseEndpoints(
  book: AddressBook,
  dc: number,
  kind: ConnectionKind,
  settings: ConnectionSettings,
): Endpoint[] {
  const { own, addresses } = addressesOf(book, dc, settings.testMode);
  if (addresses.length === 0) throw new DataCenterError(dc, 'nobody has told one yet');
  const cdn = addresses.every((address) => address.cdn);
  const usable = addresses.filter(
    (address) =>
      (cdn || address.cdn !== true) &&
      (settings.ipv6 === undefined || isIpv6(address) === settings.ipv6) &&
      !(address.obfuscatedOnly && isHttp(settings)),
  );
  const media = usable.filter((address) => address.mediaOnly);
  const others = usable.filter((address) => !address.mediaOnly);
  const chosen = kind === 'media' ? [...media, ...others] : others;
  if (chosen.length === 0) {
    throw new DataCenterError(
      dc,
      'the settings (connection.ipv6, connection.protocol) rule out all',
    );
  }
  const named = own ? undefined : settings.subdomains[dc];
  if (named !== undefined && isNamed(settings)) {
    return [namedEndpoint(named, dc, kind, settings)];
  }
  const isNameless = isTls(settings) && !own && chosen.every(({ tls }) => tls === undefined);
  if (cdn && isNameless) throw new DataCenterError(dc, 'nobody knows its name, which TLS needs');
  // The CDN has files and nothing else, so there are no connections apart for them.
  const told = cdn ? 'main' : kind;
  return chosen.slice(0, MAX_ENDPOINTS).map((address) => toEndpoint(address, told, settings));
}

/** Whether any address of that data center is known. */
export function knowsDataCenter(book: AddressBook, dc: number, testMode: boolean): boolean {
  return addressesOf(book, dc, testMode).addresses.length > 0;
}

/** Whether that data center only keeps copies of files for many: it knows no users, and has RSA keys of its own. */
export function isCdn(book: AddressBook, dc: number, testMode: boolean): boolean {
  const { addresses } = addressesOf(book, dc, testMode);
  return addresses.length > 0 && addresses.every(({ cdn }) => cdn);
}

function addressesOf(book: AddressBook, dc: number, testMode: boolean) {
  const of = (list: readonly DataCenterAddress[]) => list.filter(({ id }) => id === dc);
  const listed = of(book.listed);
  if (listed.length > 0) return { own: true, addresses: listed };
  const fetched = of(book.fetched);
  return { own: false, addresses: fetched.length > 0 ? fetched : of(testMode ? TEST : MAIN) };
}

function isIpv6({ host, ipv6 = host.includes(':') }: DataCenterAddress): boolean {
  return ipv6;
}

function isHttp({ protocol }: ConnectionSettings): boolean {
  return protocol === 'http' || protocol === 'https';
}

/** Protocols for which Telegram's data centers have host names. */
function isNamed(settings: ConnectionSettings): boolean {
  return isHttp(settings) || isWebSocket(settings);
}

function isWebSocket({ protocol }: ConnectionSettings): boolean {
  return protocol === 'websocket' || protocol === 'websocket_tls';
}

function isTls({ protocol }: ConnectionSettings): boolean {
  return protocol === 'https' || protocol === 'websocket_tls';
}

function namedEndpoint(
  name: string,
  dc: number,
  kind: ConnectionKind,
  settings: ConnectionSettings,
): Endpoint {
  const host = `${name}${kind === 'media' ? '-1' : ''}.web.telegram.org`;
  const path = settings.testMode && (isWebSocket(settings) ? '/apiws_test' : '/apiw_test1');
  return {
    host,
    port: isTls(settings) ? 443 : 80,
    dcId: signedDcId(dc, kind, settings.testMode),
    protocol: settings.protocol,
    ...(isTls(settings) && { tlsName: host }),
    ...(path !== false && { path }),
  };
}

function toEndpoint(
  address: DataCenterAddress,
  kind: ConnectionKind,
  settings: ConnectionSettings,
): Endpoint {
  const tls = isTls(settings) ? address.tls : undefined;
  const dcId = signedDcId(address.id, kind, settings.testMode);
  return {
    host: address.host,
    port: isTls(settings) ? (tls?.port ?? 443) : address.port,
    ipv6: isIpv6(address),
    dcId,
    protocol: settings.protocol,
    obfuscated: address.obfuscatedOnly === true || address.secret !== undefined,
    tlsName: tls?.serverName,
    tlsCa: tls?.ca,
    secret: address.secret,
  };
}
