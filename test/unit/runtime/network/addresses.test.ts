import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import {
  chooseEndpoints,
  knowsDataCenter,
  signedDcId,
} from '../../../../packages/runtime/src/network/addresses.js';
import { addressesOf } from '../../../../packages/runtime/src/network/config.js';
import {
  readAddresses,
  writeAddresses,
} from '../../../../packages/runtime/src/network/stored-addresses.js';
import type {
  ConnectionKind,
  ConnectionSettings,
  DataCenterAddress,
} from '../../../../packages/runtime/src/network/types.js';
import { config, SETTINGS } from './fakes/world.js';

const NONE = { listed: [], fetched: [] };
const hosts = (
  fetched: readonly DataCenterAddress[],
  settings: Partial<ConnectionSettings> = {},
  kind: ConnectionKind = 'main',
) =>
  chooseEndpoints({ listed: [], fetched }, 3, kind, { ...SETTINGS, ...settings }).map(
    ({ host }) => host,
  );

const MANY: DataCenterAddress[] = [
  { id: 3, host: 'cdn', port: 443, cdn: true },
  { id: 3, host: 'media', port: 443, mediaOnly: true },
  { id: 3, host: 'v6', port: 443, ipv6: true },
  { id: 3, host: 'v4', port: 443 },
  { id: 3, host: 'hidden', port: 443, obfuscatedOnly: true },
  { id: 4, host: 'other', port: 443 },
];

describe('addresses', () => {
  it('begin with those of Telegram for data center 2', () => {
    const of = (testMode: boolean) =>
      chooseEndpoints(NONE, 2, 'main', { ...SETTINGS, testMode }).map(({ host, dcId }) => [
        host,
        dcId,
      ]);
    expect(of(false)).toEqual([
      ['149.154.167.51', 2],
      ['2001:067c:04e8:f002:0000:0000:0000:000a', 2],
    ]);
    expect(of(true)).toEqual([
      ['149.154.167.40', 10_002],
      ['2001:067c:04e8:f002:0000:0000:0000:000e', 10_002],
    ]);
    expect(knowsDataCenter(NONE, 4, false)).toBe(false);
    expect(() => chooseEndpoints(NONE, 4, 'main', SETTINGS)).toThrow(/data center 4/);
  });

  it('are chosen by family, use and obfuscation, never of a CDN', () => {
    expect(hosts(MANY)).toEqual(['v6', 'v4', 'hidden']);
    expect(hosts(MANY, { ipv6: true })).toEqual(['v6']);
    expect(hosts(MANY, { ipv6: false })).toEqual(['v4', 'hidden']);
    expect(hosts(MANY, {}, 'media')).toEqual(['media', 'v6', 'v4', 'hidden']);
    expect(hosts(MANY, { protocol: 'http' })).toEqual(['v6', 'v4']);
    expect(() => hosts([{ id: 3, host: 'a', port: 1 }], { ipv6: true })).toThrow(/rule out/);
  });

  it('of the settings go before those that were fetched', () => {
    const listed = [{ id: 3, host: 'mine', port: 1 }];
    const chosen = chooseEndpoints({ listed, fetched: MANY }, 3, 'main', SETTINGS);
    expect(chosen.map(({ host }) => host)).toEqual(['mine']);
    const other = chooseEndpoints({ listed, fetched: MANY }, 4, 'main', SETTINGS);
    expect(other.map(({ host }) => host)).toEqual(['other']);
  });

  it('of IPv6 are known as such, whether or not they say so', () => {
    const listed = [
      { id: 3, host: '::1', port: 1 },
      { id: 3, host: '127.0.0.1', port: 1 },
    ];
    const own = { listed, fetched: [] };
    expect(chooseEndpoints(own, 3, 'main', { ...SETTINGS, ipv6: true })).toMatchObject([
      { host: '::1', ipv6: true },
    ]);
    expect(chooseEndpoints(own, 3, 'main', { ...SETTINGS, ipv6: false })).toMatchObject([
      { host: '127.0.0.1', ipv6: false },
    ]);
  });

  it('become endpoints: obfuscation, secret, TLS, host names', () => {
    const settings = { ...SETTINGS, subdomains: { 3: 'aurora' } };
    const secret = new Uint8Array(16).fill(7);
    const [hidden] = chooseEndpoints(
      { listed: [], fetched: [{ id: 3, host: 'x', port: 80, secret }] },
      3,
      'main',
      settings,
    );
    expect(hidden).toMatchObject({ host: 'x', port: 80, obfuscated: true, secret });
    const of = (protocol: ConnectionSettings['protocol'], kind: ConnectionKind, testMode = false) =>
      chooseEndpoints({ listed: [], fetched: MANY }, 3, kind, { ...settings, protocol, testMode });
    expect(of('https', 'main')).toEqual([
      {
        host: 'aurora.web.telegram.org',
        port: 443,
        dcId: 3,
        protocol: 'https',
        tlsName: 'aurora.web.telegram.org',
      },
    ]);
    expect(of('websocket', 'media', true)).toMatchObject([
      { host: 'aurora-1.web.telegram.org', port: 80, dcId: -10_003, path: '/apiws_test' },
    ]);
    const tls = { port: 8443, serverName: 'localhost', ca: 'PEM' };
    const listed = [{ id: 3, host: '127.0.0.1', port: 80, tls }];
    const own = { listed, fetched: [] };
    expect(
      chooseEndpoints(own, 3, 'main', { ...settings, protocol: 'websocket_tls' }),
    ).toMatchObject([{ host: '127.0.0.1', port: 8443, tlsName: 'localhost', tlsCa: 'PEM' }]);
    expect(chooseEndpoints(own, 3, 'main', settings)).toMatchObject([{ port: 80 }]);
  });

  it('of help.getConfig are taken as they are, without what cannot be', () => {
    const options = [
      new base.DcOption({ id: 1, ipAddress: 'a', port: 443, tcpoOnly: true, cdn: true }),
      new base.DcOption({ id: 0, ipAddress: 'a', port: 443 }),
      new base.DcOption({ id: 2, ipAddress: 'a', port: 70_000 }),
      new base.DcOption({ id: 2, ipAddress: '', port: 1 }),
      new base.DcOption({ id: 2, ipAddress: 'b', port: 1, secret: new Uint8Array(17).fill(3) }),
    ];
    // A secret that no obfuscation takes would end the connection for good.
    options.push(
      new base.DcOption({ id: 2, ipAddress: 'c', port: 1, secret: new Uint8Array(3) }),
      new base.DcOption({ id: 2, ipAddress: 'c', port: 1, secret: new Uint8Array(0) }),
    );
    const told = config(2, []);
    told.dcOptions = options;
    const addresses = addressesOf(told);
    expect(addresses).toMatchObject([
      { id: 1, host: 'a', port: 443, cdn: true, obfuscatedOnly: true },
      { id: 2, host: 'b', port: 1, secret: new Uint8Array(16).fill(3) },
    ]);
    // And come back from the storage as they went in.
    const json = JSON.parse(JSON.stringify(writeAddresses(addresses, 99)));
    expect(readAddresses(json)).toEqual({ addresses, expires: 99 });
    expect(readAddresses({ v: 2 }).addresses).toEqual([]);
    const short = { id: 2, host: 'b', port: 1, secret: '0303' };
    expect(readAddresses({ v: 1, addresses: [short] }).addresses).toEqual([]);
    expect(readAddresses({ v: 1, addresses: [null, { id: 'x' }, 5] }).addresses).toEqual([]);
  });

  it('ids are signed as the key exchange wants them', () => {
    expect([
      signedDcId(2, 'main', false),
      signedDcId(2, 'media', false),
      signedDcId(2, 'main', true),
      signedDcId(2, 'media', true),
    ]).toEqual([2, -2, 10_002, -10_002]);
  });
});
