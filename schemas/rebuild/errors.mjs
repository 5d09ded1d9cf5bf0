/**
 * Writes `telegram/errors.json` from mtcute's data: which errors a method throws and who may call it. Facts
 * only; their descriptions are read from the installed package when documentation is built.
 *
 *     node schemas/rebuild/errors.mjs FOLDER DATE     # unpacked @mtcute/core, the day it was published
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readLines } from './line.mjs';
import { packageInfo, readJson, schemasFolder } from './packages.mjs';

/** @typedef {{ code: number, name: string }} RpcError */
/** @typedef {import('./mtcute.mjs').MtcuteEntry & { throws?: RpcError[], available?: string }} Method */

/**
 * @param {string} folder
 * @param {string} date
 */
export function errorFacts(folder, date) {
  const raw = readJson(join(folder, 'tl/raw-errors.json'));
  const { l: layer, e: entries } = readJson(join(folder, 'tl/api-schema.json'));
  const api = readLines(readFileSync(join(schemasFolder, 'telegram/api.tl'), 'utf8'));
  const methods = new Set(api.filter(({ kind }) => kind === 'method').map(({ name }) => name));
  const known = entries.filter((/** @type {Method} */ entry) => methods.has(entry.name));
  /** @type {Record<string, number>} */
  const uses = {};
  for (const name of Object.values(raw.throws).flat()) uses[name] = (uses[name] ?? 0) + 1;
  const general = Object.keys(uses).filter((name) => uses[name] > methods.size / 2);

  /** @type {(method: Method) => RpcError[]} */
  const thrown = ({ name, throws = [] }) => {
    const own = new Set(throws.map((error) => error.name));
    const rest = (raw.throws[name] ?? []).filter((/** @type {string} */ error) => !own.has(error));
    const all = [...throws, ...rest.map((/** @type {string} */ error) => raw.errors[error])];
    return all.filter((error) => !general.includes(error.name));
  };
  const all = [...Object.values(raw.errors), ...known.flatMap(thrown)];
  return {
    source: `npm @mtcute/core ${packageInfo(folder).version}: tl/raw-errors.json, tl/api-schema.json`,
    layer,
    date,
    errors: byCode(all),
    general: byCode([...general.map((name) => raw.errors[name]), ...all.filter(isProtocolWide)]),
    methods: sorted(
      known.map((/** @type {Method} */ method) => [method.name, byCode(thrown(method))]),
    ),
    callers: sorted(known.map((/** @type {Method} */ method) => [method.name, method.available])),
  };
}

/** Errors of the session, the data center or the envelope: no data names their methods, since it may be any. */
const PROTOCOL_WIDE = new Set([
  'AUTH_KEY_DUPLICATED',
  'AUTH_KEY_INVALID',
  'AUTH_KEY_PERM_EMPTY',
  'CONNECTION_NOT_INITED',
  'FLOOD_WAIT_%d',
  'INPUT_FETCH_ERROR',
  'INPUT_REQUEST_TOO_LONG',
  'INTERDC_%d_CALL_ERROR',
  'INTERDC_%d_CALL_RICH_ERROR',
  'NETWORK_MIGRATE_%d',
  'RPC_CALL_FAIL',
  'RPC_MCGET_FAIL',
  'SESSION_EXPIRED',
  'SESSION_REVOKED',
  'Timedout',
  'USER_DEACTIVATED',
  'USER_DEACTIVATED_BAN',
  'USER_MIGRATE_%d',
]);

const isProtocolWide = (/** @type {RpcError} */ { name }) => PROTOCOL_WIDE.has(name);

/**
 * @param {readonly RpcError[]} errors
 * @returns {Record<string, string[]>}
 */
function byCode(errors) {
  /** @type {Record<string, string[]>} */
  const names = {};
  for (const code of [...new Set(errors.map((error) => error.code))].sort((a, b) => a - b)) {
    const own = errors.filter((error) => error.code === code).map((error) => error.name);
    names[code] = [...new Set(own)].sort();
  }
  return names;
}

/**
 * By name, without what says nothing.
 *
 * @param {readonly [string, any][]} entries
 */
function sorted(entries) {
  const telling = entries.filter(([, value]) => value && Object.keys(value).length > 0);
  return Object.fromEntries(telling.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * JSON with one method a line.
 *
 * @param {Record<string, any>} facts
 */
export function renderErrors(facts) {
  const parts = Object.entries(facts).map(([key, value]) => {
    if (typeof value !== 'object') return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const rows = Object.entries(value).map(
      ([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`,
    );
    return `  ${JSON.stringify(key)}: {\n${rows.join(',\n')}\n  }`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder, date] = process.argv.slice(2);
  if (!folder || !date) {
    console.error('usage: node schemas/rebuild/errors.mjs FOLDER DATE');
    process.exitCode = 2;
  } else {
    const facts = errorFacts(resolve(folder), date);
    writeFileSync(join(schemasFolder, 'telegram/errors.json'), renderErrors(facts));
    console.log(`telegram/errors.json: ${Object.keys(facts.methods).length} methods`);
  }
}
