import { Fields } from '../fields.js';

/** Objects of one answer that are looked at. */
const MAX_OBJECTS = 1_000_000;

/** A photo or document that can be fetched. */
export interface FreshMedia {
  readonly accessHash: bigint;
  readonly fileReference: Uint8Array;
  readonly dc: number | undefined;
}

/** Looks everywhere in an answer for a photo or document; undefined: it is not there. */
export function findMedia(
  answer: unknown,
  type: 'photo' | 'document',
  id: bigint,
): FreshMedia | undefined {
  const seen = new Set<object>();
  const left: unknown[] = [answer];
  while (left.length > 0 && seen.size < MAX_OBJECTS) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
    if (seen.has(value)) continue;
    seen.add(value);
    const found = Array.isArray(value) ? undefined : freshOf(value, type, id);
    if (found) return found;
    for (const held of Object.values(value) as readonly unknown[]) {
      if (typeof held === 'object' && held !== null) left.push(held);
    }
  }
  return undefined;
}

function freshOf(value: object, type: 'photo' | 'document', id: bigint): FreshMedia | undefined {
  const fields = Fields.of(value);
  if (fields?.name !== type || fields.raw('id') !== id) return undefined;
  const [accessHash, fileReference] = [fields.raw('accessHash'), fields.raw('fileReference')];
  if (typeof accessHash !== 'bigint' || !(fileReference instanceof Uint8Array)) return undefined;
  const dc = fields.raw('dcId');
  return { accessHash, fileReference, dc: typeof dc === 'number' && dc > 0 ? dc : undefined };
}
