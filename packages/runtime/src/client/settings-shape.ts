import { LOG_LEVELS } from '../core/logger.js';
import { isPort, SECRET_SIZE } from '../network/stored-addresses.js';
import type { Protocol } from '../transport/types.js';

/** Says what a value should be when it is something else; null: it is fine. */
export type Check = (value: unknown) => string | null;

/** What may stand at a place of the settings. */
export type Shape =
  | {
      readonly check: Check;
      /** Never shown in a message, also where it is wrong. */
      readonly secret?: boolean;
    }
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

/** Seconds. Servers count time in 31 bits, which are full in 2038: a key cannot be meant to outlive that. */
const LONGEST_KEY = 5 * 31_557_600;

const check = (expected: string, test: (value: unknown) => boolean): Shape => ({
  check: (value) => (test(value) ? null : expected),
});
const integer = (least: number, most = Number.MAX_SAFE_INTEGER): Shape =>
  check(
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number, ${least} or more`
      : `a whole number, ${least} or more and ${most} or less`,
    (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  );
const oneOf = (values: readonly string[]): Shape =>
  check(`one of ${values.join(', ')}`, (value) => values.includes(value as string));

const boolean = check('true or false', (value) => typeof value === 'boolean');
const text = check('a string', (value) => typeof value === 'string');
const seconds = check(
  'a number of seconds, 0 or more',
  (value) => typeof value === 'number' && value >= 0,
);
const aFunction = (what: string): Shape =>
  check(`a function ${what}`, (value) => typeof value === 'function');
const LOG_TARGETS = ['none', 'default', 'console', 'file'];

const listOrAll = (what: string): Shape =>
  check(
    `true, false, or a list of ${what}`,
    (value) =>
      typeof value === 'boolean' ||
      (Array.isArray(value) &&
        value.every((id) => typeof id === 'bigint' || Number.isSafeInteger(id))),
  );
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isOptional = (type: string, value: unknown): boolean =>
  value === undefined || typeof value === type;

const isProxy = (value: unknown): boolean => {
  if (!isObject(value)) return false;
  if (typeof value['connect'] === 'function') return true;
  const { type, host, port, username, password, secret } = value;
  if (typeof host !== 'string' || !isPort(port)) return false;
  if (type === 'mtproxy') return typeof secret === 'string' || secret instanceof Uint8Array;
  return (
    (type === 'socks5' || type === 'http') &&
    isOptional('string', username) &&
    isOptional('string', password)
  );
};

const proxy: Shape = {
  secret: true,
  check: (value) =>
    isProxy(value)
      ? null
      : "{ type: 'socks5' | 'http', host, port, username?, password? }, " +
        "{ type: 'mtproxy', host, port, secret } or an object with connect()",
};

const FLAGS = ['ipv6', 'mediaOnly', 'cdn', 'obfuscatedOnly'];
const ADDRESS = new Set(['id', 'host', 'port', 'secret', 'tls', ...FLAGS]);

const isAddress = (item: unknown): boolean => {
  if (!isObject(item)) return false;
  const { id, host, port, secret, tls } = item;
  return (
    Object.keys(item).every((key) => ADDRESS.has(key)) &&
    Number.isInteger(id) &&
    Number(id) > 0 &&
    typeof host === 'string' &&
    isPort(port) &&
    FLAGS.every((flag) => isOptional('boolean', item[flag])) &&
    (secret === undefined || (secret instanceof Uint8Array && secret.length === SECRET_SIZE)) &&
    (tls === undefined || (isObject(tls) && isPort(tls['port'])))
  );
};

const dataCenters = check(
  `a list of { id, host, port } and, if need be, ${FLAGS.join(', ')} (true or false), ` +
    `secret: ${SECRET_SIZE} bytes, tls: { port }`,
  (value) => Array.isArray(value) && value.every(isAddress),
);

const isRsaKey = (item: unknown): boolean =>
  isObject(item) &&
  item['n'] instanceof Uint8Array &&
  item['e'] instanceof Uint8Array &&
  typeof item['fingerprint'] === 'bigint';

const rsaKeys = check(
  'a list of PEM strings or keys',
  (value) =>
    Array.isArray(value) &&
    value.every((item: unknown) => typeof item === 'string' || isRsaKey(item)),
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
    auth: { fields: { pfs: boolean, tempKeyTtl: integer(60, LONGEST_KEY) } },
    app: { fields: { deviceModel: text, systemVersion: text, version: text, langCode: text } },
    maxTries: { fields: { query: integer(1), authorization: integer(1), response: integer(1) } },
    floodWait: { fields: { below: seconds } },
    messageLimit: {
      fields: { incoming: integer(100), outgoing: integer(1), callQueue: integer(1) },
    },
    peers: {
      fields: {
        fullInfoTtl: seconds,
        fullFetch: boolean,
        loadAllAtStart: boolean,
        resolver: aFunction('of a name or id'),
      },
    },
    files: { fields: { parallel: integer(1, 32), connections: integer(1, 16) } },
    updates: {
      fields: {
        enabled: boolean,
        handler: aFunction('of an update'),
        catchUp: boolean,
        pollInterval: seconds,
        queueLimit: integer(1),
        overflow: oneOf(['pause', 'drop-oldest']),
        pollChannels: listOrAll('channel ids'),
      },
    },
    secretChats: { fields: { accept: listOrAll('user ids') } },
    saveInterval: seconds,
    requests: { fields: { gzipAbove: integer(-1) } },
    logger: {
      fields: {
        to: check(
          `one of ${LOG_TARGETS.join(', ')}, or a function of message and level`,
          (value) => LOG_TARGETS.includes(value as string) || typeof value === 'function',
        ),
        file: text,
        level: oneOf(LOG_LEVELS),
      },
    },
  },
};
