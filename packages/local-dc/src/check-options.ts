import type { LocalDcOptions } from './options.js';

type Check = (value: unknown) => boolean;

const whole =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
const text: Check = (value) => typeof value === 'string' && value !== '';
const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value);
const isFunction: Check = (value) => typeof value === 'function';
const isPort = whole(0, 65_535);
const isDcId = whole(1, 999);

const dcIds: Check = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(isDcId) &&
  new Set(value).size === value.length;

const cdnIds: Check = (value) => (Array.isArray(value) && value.length === 0) || dcIds(value);

const isSchema: Check = (value) =>
  typeof value === 'object' && value !== null && 'layer' in value && 'registry' in value;

/** What each option takes, in words and as a check. */
const rules: { readonly [K in keyof Required<LocalDcOptions>]: readonly [string, Check] } = {
  host: ['an address to listen on', text],
  port: ['a port, 0 … 65535', isPort],
  tlsPort: ['a port, 0 … 65535, or false', (value) => value === false || isPort(value)],
  dataCenters: ['different ids of 1 … 999, at least one', dcIds],
  cdnDataCenters: ['different ids of 1 … 999', cdnIds],
  strict: ['true or false', oneOf(true, false)],
  seed: ['a text or a number', (value) => typeof value === 'string' || typeof value === 'number'],
  clock: ['a function that gives milliseconds', isFunction],
  rsaKey: ["'local' or 'fresh'", oneOf('local', 'fresh')],
  loginCode: ['a text that is not empty', text],
  layers: ['a list of schemas', (value) => Array.isArray(value) && value.every(isSchema)],
  proxySecrets: ['a list of secrets', Array.isArray],
  logger: ['a function of level and line', isFunction],
  saltLifetime: ['seconds, 1 or more', whole(1)],
  window: ['a number of messages, 1 or more', whole(1)],
  ackDelay: ['milliseconds, 0 or more', whole(0)],
  resendAfter: ['milliseconds, 1 or more', whole(1)],
  gzipAbove: ['bytes, or -1', whole(-1)],
  sessionLifetime: ['seconds, 1 or more', whole(1)],
};

/** @throws TypeError for options that cannot be: which, what was given, what it takes. */
export function checkOptions(options: LocalDcOptions): void {
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name as keyof LocalDcOptions] : undefined;
    if (!rule) throw new TypeError(`LocalDc has no option ${name}: ${Object.keys(rules).join()}`);
    const [takes, check] = rule;
    if (value !== undefined && !check(value))
      throw new TypeError(`${name} takes ${takes}, not ${shown(value)}`);
  }
  checkPorts(options);
}

/** Every data center has a port of its own, and another for TLS. */
function checkPorts(options: LocalDcOptions): void {
  const { dataCenters = [2], cdnDataCenters = [], port = 0, tlsPort = 0 } = options;
  const twice = cdnDataCenters.find((id) => dataCenters.includes(id));
  if (twice !== undefined)
    throw new TypeError(`the data center ${twice} is in dataCenters and in cdnDataCenters`);
  const count = dataCenters.length + cdnDataCenters.length;
  for (const [name, first] of Object.entries({ port, tlsPort: tlsPort || 0 }))
    if (first !== 0 && first + count - 1 > 65_535)
      throw new TypeError(`${name} ${first} leaves no room for ${count} data centers`);
  if (port !== 0 && tlsPort && Math.abs(port - tlsPort) < count)
    throw new TypeError(
      `tlsPort ${tlsPort} is among the ports of the data centers: ${port} … ${port + count - 1}`,
    );
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
