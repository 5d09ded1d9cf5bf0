import { CallOptionError } from '../../core/errors.js';
import type { MediaFields } from './types.js';

const INT_MAX = 0x7fffffff;

/** Fields that are numbers, and what they have to be. */
const NUMBERS = {
  duration: 'seconds, 0 or more',
  width: 'pixels, 0 or more',
  height: 'pixels, 0 or more',
  length: 'pixels, 0 or more',
  startsAt: 'seconds, 0 or more',
  ttlSeconds: 'seconds, 1 or more',
} as const;

const TEXTS = ['name', 'mimeType', 'title', 'performer', 'emoji'] as const;

/**
 * Refuses what would be misunderstood, or fail only when the file has been uploaded.
 *
 * @throws CallOptionError that names the field.
 */
export function checkFields(fields: MediaFields): void {
  for (const [name, needed] of Object.entries(NUMBERS) as [keyof typeof NUMBERS, string][]) {
    const value: unknown = fields[name];
    if (value === undefined) continue;
    const least = name === 'ttlSeconds' ? 1 : 0;
    if (typeof value !== 'number' || !(value >= least && value <= INT_MAX)) {
      refuse(name, needed, value);
    }
  }
  for (const name of TEXTS) {
    const value: unknown = fields[name];
    if (value !== undefined && typeof value !== 'string') refuse(name, 'a string', value);
  }
}

function refuse(field: string, needed: string, value: unknown): never {
  const got = typeof value === 'number' ? String(value) : `a value of type ${typeof value}`;
  throw new CallOptionError(
    field,
    `Sending a file: the option ${field} has to be ${needed}; got ${got}`,
  );
}
