import { TlgenError } from '@tlgen/codec';
import { nearest } from './nearest.js';
import { SETTINGS_SHAPE, type Shape } from './settings-shape.js';
import type { PartialSettings, Settings } from './settings.js';

/** A setting that does not exist, or a value it cannot have. */
export class SettingsError extends TlgenError {
  override readonly name = 'SettingsError';
  readonly code = 'BAD_SETTING';

  constructor(
    /** The setting: `connection.timeout`. */
    readonly key: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Lays settings over others, at any depth. A list replaces the list below it as a whole; undefined changes nothing.
 *
 * @throws SettingsError that names the key.
 */
export function mergeSettings(below: Settings, given: PartialSettings): Settings {
  return merge(SETTINGS_SHAPE, below, given, '') as Settings;
}

function merge(shape: Shape, below: unknown, given: unknown, path: string): unknown {
  if (given === undefined) return below;
  if ('check' in shape) {
    const expected = shape.check(given);
    if (expected !== null) {
      const wrong = shape.secret ? kindOf(given) : show(given);
      throw new SettingsError(path, `The setting ${path} must be ${expected}, not ${wrong}`);
    }
    return given;
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new SettingsError(path, `The setting ${path} must be an object, not ${show(given)}`);
  }
  const base = (below ?? {}) as Record<string, unknown>;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(given)) {
    const place = path === '' ? key : `${path}.${key}`;
    const inner =
      'perDc' in shape ? dataCenterShape(shape.perDc, key, place) : field(shape.fields, key, place);
    const result = merge(inner, Object.hasOwn(base, key) ? base[key] : undefined, value, place);
    if (result !== undefined) merged[key] = result;
  }
  return merged;
}

function field(fields: Readonly<Record<string, Shape>>, key: string, place: string): Shape {
  const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (shape) return shape;
  const similar = nearest(key, Object.keys(fields));
  const hint = similar === null ? '' : `; did you mean ${place.slice(0, -key.length)}${similar}?`;
  throw new SettingsError(place, `There is no setting ${place}${hint}`);
}

function dataCenterShape(shape: Shape, key: string, place: string): Shape {
  if (/^[1-9]\d{0,4}$/.test(key)) return shape;
  throw new SettingsError(place, `The setting ${place} must be named by the id of a data center`);
}

/** Says what a wrong value is, without printing what may be secret. */
function show(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return `${value}`;
  return typeof value === 'string' && value.length <= 32 ? JSON.stringify(value) : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'such an object' : `a ${typeof value}`;
}
