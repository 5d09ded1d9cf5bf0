import { badRequest } from '../fault.js';
import type { World } from '../world.js';
import type { StoredFile } from './types.js';

/** Kind, generation, authentication. */
const SIZE = 1 + 4 + 16;
const KIND = 2;

/** What a file's references say: it only rises, by those of the file or by those of all. */
const generationOf = (world: World, file: StoredFile): number => world.files.expired + file.expired;

/** A reference to a file that is good until it is expired: https://core.telegram.org/api/file-references. */
export function referenceTo(world: World, file: StoredFile): Uint8Array {
  return made(world, file, generationOf(world, file));
}

/**
 * @param at - where in an album the file is; it becomes part of the error's name.
 * @throws RpcFault `FILE_REFERENCE_EMPTY`, `FILE_REFERENCE_INVALID`, `FILE_REFERENCE_EXPIRED`.
 */
export function checkReference(
  world: World,
  file: StoredFile,
  reference: Uint8Array,
  at?: number,
): void {
  const refuse = (why: string) =>
    badRequest(at === undefined ? `FILE_REFERENCE_${why}` : `FILE_REFERENCE_${at}_${why}`);
  if (reference.length === 0) throw refuse('EMPTY');
  if (reference.length !== SIZE || reference[0] !== KIND) throw refuse('INVALID');
  const view = new DataView(reference.buffer, reference.byteOffset, reference.length);
  const generation = view.getUint32(1);
  const right = made(world, file, generation);
  if (right.some((byte, index) => byte !== reference[index])) throw refuse('INVALID');
  if (generation !== generationOf(world, file)) throw refuse('EXPIRED');
}

function made(world: World, file: StoredFile, generation: number): Uint8Array {
  const bytes = new Uint8Array(SIZE);
  bytes[0] = KIND;
  new DataView(bytes.buffer).setUint32(1, generation);
  bytes.set(world.mac(`reference/${file.id}/${generation}`).subarray(0, 16), 5);
  return bytes;
}
