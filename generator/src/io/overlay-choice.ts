import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Schema } from '../schema/types.js';
import { bundledFolder } from './bundled-folder.js';
import type { SchemaEntry } from './config-types.js';

/** What an entry says of its overlay. */
export type OverlayChoice = Pick<SchemaEntry, 'overlay' | 'telegramOverlay'>;

/**
 * What was said of an overlay: a file, `none`, or nothing: then tlgen's own serves schemas of Telegram's API.
 *
 * @param pathOf makes a file's path absolute.
 */
export function overlayChoice(
  given: string | undefined,
  pathOf: (file: string) => string,
): OverlayChoice {
  if (given === 'none') return { overlay: null, telegramOverlay: null };
  if (given !== undefined) return { overlay: pathOf(given), telegramOverlay: null };
  const folder = bundledFolder();
  const own = folder === null ? null : join(folder, 'telegram', 'overlay.json');
  return { overlay: null, telegramOverlay: own !== null && existsSync(own) ? own : null };
}

/** The entry with its overlay decided, now that its schema is known. */
export function withOverlay(entry: SchemaEntry, schema: Schema): SchemaEntry {
  const { telegramOverlay } = entry;
  if (telegramOverlay === null || !isTelegramApi(schema)) return entry;
  return { ...entry, overlay: telegramOverlay, telegramOverlay: null };
}

/** Whether a schema is some layer of Telegram's API: all of them have these, and no other schema does. */
function isTelegramApi({ methods, constructors }: Schema): boolean {
  const has = (all: Schema['methods'], name: string): boolean =>
    all.some((one) => one.name === name);
  return (
    has(methods, 'invokeWithLayer') &&
    has(methods, 'initConnection') &&
    has(constructors, 'inputPeerSelf')
  );
}
