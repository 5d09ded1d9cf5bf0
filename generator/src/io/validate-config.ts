import type { TlgenConfig } from './config-types.js';
import { anything, checkShape, expected, isRecord, object, record, text } from './shape.js';

const isPath = (value: unknown): boolean => typeof value === 'string' && value !== '';

const ENTRY = object(
  {
    files: expected(
      'a path or a list of paths',
      (value) => isPath(value) || (Array.isArray(value) && value.length > 0 && value.every(isPath)),
    ),
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
  },
  {
    required: ['package', 'out'],
    also: (entry, path) =>
      'file' in entry || 'files' in entry ? [] : [`${path}: give the schema as "file" or "files"`],
  },
);

const CONFIG = object(
  { schemas: record(ENTRY), idExceptions: record(record(text)), $schema: anything },
  { required: ['schemas'] },
);

/**
 * Checks the shape of a config.
 *
 * @throws InputError `bad-config` that lists everything wrong, each with its path.
 */
export function validateConfig(value: unknown, file: string): TlgenConfig {
  checkShape(value, CONFIG, file, 'config');
  return value as TlgenConfig;
}
