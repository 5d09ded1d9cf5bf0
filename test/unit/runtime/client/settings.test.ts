import { describe, expect, it } from 'vitest';
import {
  appInfo,
  connectionSettings,
  sessionSettings,
} from '../../../../packages/runtime/src/client/from-settings.js';
import {
  mergeSettings,
  SettingsError,
} from '../../../../packages/runtime/src/client/merge-settings.js';
import {
  defaultSettings,
  type PartialSettings,
} from '../../../../packages/runtime/src/client/settings.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';

const DEVICE = { model: 'Fake', system: 'Test', langCode: 'de', logFile: 'tlgen.log' };
const DEFAULTS = defaultSettings(DEVICE, true);
const merge = (given: object) => mergeSettings(DEFAULTS, given as PartialSettings);

describe('settings', () => {
  it('have the documented defaults', () => {
    expect(DEFAULTS).toMatchObject({
      connection: { protocol: 'tcp_full', testMode: false, timeout: 2000 },
      auth: { pfs: true, tempKeyTtl: 31_557_600 },
      app: { deviceModel: 'Fake', systemVersion: 'Test', version: 'Unicorn', langCode: 'de' },
      maxTries: { query: 5, authorization: 5, response: 5 },
      floodWait: { below: 20 },
      requests: { gzipAbove: 500 },
      logger: { to: 'console', level: 'verbose' },
    });
    expect(DEFAULTS.connection.subdomains).toEqual({
      1: 'pluto',
      2: 'venus',
      3: 'aurora',
      4: 'vesta',
      5: 'flora',
    });
    expect(defaultSettings(DEVICE, false).connection.protocol).toBe('websocket_tls');
    expect(merge({})).toEqual(DEFAULTS);
  });

  it('merge at any depth; lists replace; undefined changes nothing', () => {
    const merged = merge({
      auth: { pfs: false, tempKeyTtl: undefined },
      connection: { subdomains: { 2: 'own' }, ipv6: true, proxy: undefined },
      dataCenters: [{ id: 1, host: 'a', port: 1 }],
      app: undefined,
    });
    expect(merged.auth).toEqual({ pfs: false, tempKeyTtl: 31_557_600 });
    expect(merged.connection.subdomains).toMatchObject({ 1: 'pluto', 2: 'own' });
    expect(merged.connection).toMatchObject({ ipv6: true, timeout: 2000 });
    const again = mergeSettings(merged, { dataCenters: [{ id: 2, host: 'b', port: 2 }] });
    expect(again.dataCenters).toEqual([{ id: 2, host: 'b', port: 2 }]);
    expect(again.auth.pfs).toBe(false);
    expect(DEFAULTS.auth.pfs).toBe(true);
  });

  it('of one data center go before those of all', () => {
    const merged = merge({
      connection: { timeout: 5000, perDc: { 4: { protocol: 'http', timeout: 1 } } },
    });
    expect(connectionSettings(merged, 4)).toMatchObject({ protocol: 'http', timeout: 1 });
    expect(connectionSettings(merged, 2)).toMatchObject({ protocol: 'tcp_full', timeout: 5000 });
    expect('perDc' in connectionSettings(merged, 4)).toBe(false);
  });

  it.each([
    [{ conection: {} }, 'conection', /did you mean connection\?/],
    [{ connection: { timout: 1 } }, 'connection.timout', /did you mean connection\.timeout\?/],
    [{ auth: { PFS: true } }, 'auth.PFS', /did you mean auth\.pfs\?/],
    [{ zebra: 1 }, 'zebra', /There is no setting zebra$/],
    [{ toString: 1 }, 'toString', /There is no setting/],
    [{ connection: { protocol: 'tcp' } }, 'connection.protocol', /one of tcp_full, .*"tcp"/],
    [{ connection: { timeout: '2' } }, 'connection.timeout', /whole number/],
    [{ connection: { perDc: { x: {} } } }, 'connection.perDc.x', /id of a data center/],
    [
      { connection: { perDc: { 2: { testMode: true } } } },
      'connection.perDc.2.testMode',
      /no setting/,
    ],
    [{ connection: { proxy: { type: 'socks4' } } }, 'connection.proxy', /socks5/],
    [{ connection: 5 }, 'connection', /must be an object, not 5/],
    [{ auth: { tempKeyTtl: 0 } }, 'auth.tempKeyTtl', /60 or more/],
    [{ maxTries: { query: 0 } }, 'maxTries.query', /1 or more/],
    [{ requests: { gzipAbove: -2 } }, 'requests.gzipAbove', /-1 or more/],
    [{ logger: { level: 'loud' } }, 'logger.level', /ultra-verbose/],
    [{ dataCenters: [{ id: 1, host: 'a', port: 0 }] }, 'dataCenters', /list of/],
    [{ dataCenters: [{ id: 0, host: 'a', port: 1 }] }, 'dataCenters', /list of/],
    [{ dataCenters: [{ id: 1, host: 'a', port: 1, mediaonly: true }] }, 'dataCenters', /mediaOnly/],
    [
      { dataCenters: [{ id: 1, host: 'a', port: 1, secret: new Uint8Array(3) }] },
      'dataCenters',
      /secret: 16 bytes/,
    ],
    [{ rsaKeys: 'PEM' }, 'rsaKeys', /list of PEM/],
    [{ rsaKeys: [{ n: new Uint8Array(256) }] }, 'rsaKeys', /list of PEM/],
    [{ auth: { tempKeyTtl: 2 ** 29 } }, 'auth.tempKeyTtl', /157788000 or less/],
    [
      { connection: { proxy: { type: 'mtproxy', host: 'a', port: 1 } } },
      'connection.proxy',
      /secret/,
    ],
    [
      { connection: { proxy: { type: 'http', host: 'a', port: 1, password: 5 } } },
      'connection.proxy',
      /password/,
    ],
  ])('%j: %s is named', (given, key, message) => {
    let thrown: unknown;
    try {
      merge(given);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SettingsError);
    expect(thrown).toMatchObject({ key, code: 'BAD_SETTING' });
    expect((thrown as Error).message).toMatch(message);
  });

  it('of a proxy are never shown, even where they are wrong', () => {
    const proxy = 'socks5://user:pass@host:1080';
    const text = (): unknown => merge({ connection: { proxy } });
    expect(text).toThrow(/must be .*, not a string$/);
    expect(text).not.toThrow(/pass@/);
  });

  it('cannot reach the prototype of objects', () => {
    const evil = JSON.parse('{"connection":{"subdomains":{"__proto__":"x"}}}') as object;
    expect(() => merge(evil)).toThrow(SettingsError);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('give sessions their keys', () => {
    expect(sessionSettings(DEFAULTS, nodeCrypto).rsaKeys).toHaveLength(2);
    const [key] = sessionSettings(DEFAULTS, nodeCrypto).rsaKeys;
    expect(sessionSettings(merge({ rsaKeys: [key] }), nodeCrypto).rsaKeys).toEqual([key]);
    expect(() => sessionSettings(merge({ rsaKeys: ['no PEM'] }), nodeCrypto)).toThrow(
      /rsaKeys\[0\]/,
    );
  });

  it('say who is there, and which MTProxy', () => {
    const proxy = { type: 'mtproxy', host: 'p', port: 1, secret: '00' } as const;
    expect(appInfo(merge({ connection: { proxy }, app: { version: '2' } }), 9)).toEqual({
      apiId: 9,
      deviceModel: 'Fake',
      systemVersion: 'Test',
      appVersion: '2',
      langCode: 'de',
      mtproxy: { host: 'p', port: 1 },
    });
    const sockets = { connect: () => Promise.reject(new Error('x')) };
    expect(appInfo(merge({ connection: { proxy: sockets } }), 9).mtproxy).toBeUndefined();
  });
});
