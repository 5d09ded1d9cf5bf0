import { LOG_LEVELS } from '../core/logger.js';
import { isPort } from '../network/stored-addresses.js';
import type { Protocol } from '../transport/types.js';

/** Says what a value should be when it is something else; null: it is fine. */
export type Check = (value: unknown) => string | null;

/** What may stand at a place of the settings. */
export type Shape =
  | { readonly check: Check }
  | { readonly fields: Readonly<Record<string, Shape>> }
  /** Any data center id → the shape. */
  | { readonly perDc: Shape };

const PROTOCOLS: readonly Protocol[] = [
  'tcp_full',
  'tcp_abridged',
  'tcp_intermediate',
  'tcp_padded_intermediate',
  'obfuscated2',
  'websocket',
  'websocket_tls',
  'http',
  'https',
  // Refused with a clear error when it dials.
  'udp',
];

const check = (expected: string, test: (value: unknown) => boolean): Shape => ({
  check: (value) => (test(value) ? null : expected),
});
const integer = (least: number): Shape =>
  check(
    `a whole number, ${least} or more`,
    (value) => Number.isSafeInteger(value) && Number(value) >= least,
  );
const oneOf = (values: readonly string[]): Shape =>
  check(`one of ${values.join(', ')}`, (value) => values.includes(value as string));

const boolean = check('true or false', (value) => typeof value === 'boolean');
const text = check('a string', (value) => typeof value === 'string');
const seconds = check(
  'a number of seconds, 0 or more',
  (value) => typeof value === 'number' && value >= 0,
);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const proxy = check(
  "{ type: 'socks5' | 'http' | 'mtproxy', host, port, … } or an object with connect()",
  (value) =>
    isObject(value) &&
    (typeof value['connect'] === 'function' ||
      (['socks5', 'http', 'mtproxy'].includes(value['type'] as string) &&
        typeof value['host'] === 'string' &&
        isPort(value['port']))),
);

const dataCenters = check(
  'a list of { id, host, port }',
  (value) =>
    Array.isArray(value) &&
    value.every(
      (item: unknown) =>
        isObject(item) &&
        Number.isInteger(item['id']) &&
        typeof item['host'] === 'string' &&
        isPort(item['port']),
    ),
);

const rsaKeys = check(
  'a list of PEM strings or keys',
  (value) =>
    Array.isArray(value) &&
    value.every(
      (item: unknown) =>
        typeof item === 'string' || (isObject(item) && item['n'] instanceof Uint8Array),
    ),
);

const perDc = {
  protocol: oneOf(PROTOCOLS),
  ipv6: boolean,
  timeout: integer(1),
  proxy,
};

/** Every setting there is. */
export const SETTINGS_SHAPE: Shape = {
  fields: {
    homeDc: integer(1),
    dataCenters,
    rsaKeys,
    connection: {
      fields: {
        ...perDc,
        testMode: boolean,
        subdomains: { perDc: text },
        perDc: { perDc: { fields: perDc } },
      },
    },
    auth: { fields: { pfs: boolean, tempKeyTtl: integer(60) } },
    app: { fields: { deviceModel: text, systemVersion: text, version: text, langCode: text } },
    maxTries: { fields: { query: integer(1), authorization: integer(1), response: integer(1) } },
    floodWait: { fields: { below: seconds } },
    requests: { fields: { gzipAbove: integer(-1) } },
    logger: {
      fields: {
        to: check(
          'none, console, or a function of message and level',
          (value) => value === 'none' || value === 'console' || typeof value === 'function',
        ),
        level: oneOf(LOG_LEVELS),
      },
    },
  },
};
