import { CallOptionError } from '../../core/errors.js';
import type { Store } from '../../storage/store.js';

/** Names of uploads that are under way, by the client's storage. */
const busy = new WeakMap<Store, Set<string>>();

/** Whether an upload to go on with, of that name, is under way. */
export function isUploading(store: Store, name: string): boolean {
  return busy.get(store)?.has(name) ?? false;
}

/**
 * Takes a name for one upload.
 *
 * @returns gives it back.
 * @throws CallOptionError when another upload has it.
 */
export function takeUploadName(store: Store, name: string): () => void {
  const names = busy.get(store) ?? new Set();
  busy.set(store, names);
  if (names.has(name)) {
    const what = `the upload: another one with resume '${name}' is under way`;
    throw new CallOptionError('resume', `${what}: wait for it, or give this one another name`);
  }
  names.add(name);
  return () => names.delete(name);
}
