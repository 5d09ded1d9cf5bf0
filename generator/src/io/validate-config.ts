import { InputError } from './errors.js';
import type { TlgenConfig } from './config-types.js';
import { suggest } from '../schema/suggest.js';

type Check = (value: unknown, path: string) => string | null;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;

const expected =
  (what: string, test: (value: unknown) => boolean): Check =>
  (value, path) =>
    test(value) ? null : `${path}: expected ${what}, got ${kindOf(value)}`;

const text = expected('a non-empty string', (value) => typeof value === 'string' && value !== '');
const isPath = (value: unknown): boolean => typeof value === 'string' && value !== '';
const paths = expected(
  'a path or a list of paths',
  (value) => isPath(value) || (Array.isArray(value) && value.length > 0 && value.every(isPath)),
);
const anything: Check = () => null;

const ENTRY: Readonly<Record<string, Check>> = {
  files: paths,
  file: text,
  package: text,
  out: text,
  layer: expected(
    'a layer number',
    (value) => value === null || (Number.isInteger(value) && (value as number) >= 0),
  ),
  docs: expected(
    'a path or { package, file }',
    (value) =>
      isPath(value) || (isRecord(value) && isPath(value['package']) && isPath(value['file'])),
  ),
  errors: text,
  overlay: text,
  standalone: expected('true or false', (value) => typeof value === 'boolean'),
  sha256: anything,
  sources: anything,
};

const ROOT: Readonly<Record<string, Check>> = {
  schemas: expected('an object', isRecord),
  idExceptions: expected('an object', isRecord),
  $schema: anything,
};

/**
 * Checks the shape of a config.
 *
 * @throws InputError `bad-config` that lists everything wrong, each with its path.
 */
export function validateConfig(value: unknown, file: string): TlgenConfig {
  const problems = isRecord(value)
    ? problemsOf(value)
    : [`the config must be an object with "schemas", got ${kindOf(value)}`];
  if (problems.length > 0) {
    const list = problems.map((problem) => `\n  ${problem}`).join('');
    throw new InputError('bad-config', `${file} is not a valid config:${list}`, {
      details: { problems },
    });
  }
  return value as TlgenConfig;
}

function problemsOf(config: Record<string, unknown>): string[] {
  const problems = checkKeys(config, ROOT, '');
  const { schemas } = config;
  if (schemas === undefined) problems.push('schemas: this key is required');
  if (!isRecord(schemas)) return problems;
  for (const [name, entry] of Object.entries(schemas)) {
    const path = `schemas.${name}`;
    if (!isRecord(entry)) {
      problems.push(`${path}: expected an object, got ${kindOf(entry)}`);
      continue;
    }
    problems.push(...checkKeys(entry, ENTRY, path));
    for (const key of ['package', 'out']) {
      if (!(key in entry)) problems.push(`${path}.${key}: this key is required`);
    }
    if (!('file' in entry) && !('files' in entry)) {
      problems.push(`${path}: give the schema as "file" or "files"`);
    }
  }
  return problems;
}

function checkKeys(
  object: Record<string, unknown>,
  checks: Readonly<Record<string, Check>>,
  path: string,
): string[] {
  const problems: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const place = path === '' ? key : `${path}.${key}`;
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check === undefined) {
      const [near] = suggest(key, Object.keys(checks));
      problems.push(`${place}: unknown key${near ? `; did you mean "${near}"?` : ''}`);
      continue;
    }
    if (value === undefined) continue;
    const problem = check(value, place);
    if (problem !== null) problems.push(problem);
  }
  return problems;
}
