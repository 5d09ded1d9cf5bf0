import { TlObject } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import type { User } from '../types.js';
import type { World } from '../world.js';
import { documentFor, encryptedFor, photoFor } from './view.js';

/**
 * What the world says, as one user hears it: all files in it with the access hash of that user, a reference that is good
 * now, and the data center where they are now. Messages keep files without these. What does not change is not copied.
 */
export function personal<T>(world: World, viewer: User, value: T): T {
  if (world.files.size === 0) return value;
  return seen(world, viewer, value) as T;
}

function seen(world: World, viewer: User, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => seen(world, viewer, item));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  if (!(value instanceof TlObject)) return value;
  const file = 'id' in value && typeof value.id === 'bigint' ? world.files.get(value.id) : null;
  if (value instanceof tl.Photo && file?.kind === 'photo') return photoFor(world, viewer, file);
  if (value instanceof tl.Document && file?.kind === 'document')
    return documentFor(world, viewer, file);
  if (value instanceof tl.EncryptedFile && file?.kind === 'encrypted')
    return encryptedFor(world, viewer, file);
  return withFields(world, viewer, value);
}

function withFields(world: World, viewer: User, object: TlObject): TlObject {
  let changed: Record<string, unknown> | null = null;
  for (const [name, field] of Object.entries(object)) {
    if (typeof field !== 'object' || field instanceof Uint8Array) continue;
    const now = seen(world, viewer, field);
    if (now !== field) (changed ??= { ...object })[name] = now;
  }
  if (changed === null) return object;
  const Same = object.constructor as new (fields: object) => TlObject;
  return new Same(changed);
}
