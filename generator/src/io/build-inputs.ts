import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { GenerateOptions } from '../emit/options.js';
import type { SchemaEntry } from './config-types.js';
import { descriptionsFile, readDescriptions } from './descriptions.js';
import { readErrorFacts, readOverlay } from './facts.js';
import { fingerprintOf } from './fingerprint.js';
import { readBytes } from './read-file.js';

/** Switches of a run that change what is written. */
export interface BuildSwitches {
  readonly compile: boolean;
  readonly format: boolean;
}

/** Where descriptions are looked for: beside the schema. */
const homeOf = (entry: SchemaEntry): string => dirname(entry.files[0] ?? entry.out);

/** Names what a build of this entry would be made of, without parsing anything. */
export async function fingerprintEntry(
  entry: SchemaEntry,
  switches: BuildSwitches,
): Promise<string> {
  const docs = entry.docs === null ? null : descriptionsFile(entry.docs, homeOf(entry));
  const files = [...entry.files, docs, entry.errors, entry.overlay, entry.telegramOverlay];
  const inputs: Uint8Array[] = [];
  for (const file of files) {
    const there = file !== null && (file !== docs || existsSync(file));
    inputs.push(there ? await readBytes(file) : new Uint8Array(0));
  }
  const { package: name, layer, standalone } = entry;
  return fingerprintOf(inputs, { name, layer, standalone, ...switches });
}

/** Facts of an entry, as `generate` takes them, and notes about what is missing. */
export async function readFacts(entry: SchemaEntry): Promise<{
  readonly facts: Partial<GenerateOptions>;
  readonly notes: readonly string[];
}> {
  const found = entry.docs === null ? null : await readDescriptions(entry.docs, homeOf(entry));
  const facts: Partial<GenerateOptions> = {
    ...(found?.descriptions ? { descriptions: found.descriptions } : {}),
    ...(entry.errors === null ? {} : { errors: await readErrorFacts(entry.errors) }),
    ...(entry.overlay === null ? {} : { overlay: await readOverlay(entry.overlay) }),
    ...(entry.layer === null ? {} : { layer: entry.layer }),
  };
  const note = found?.note ?? null;
  return { facts, notes: note === null ? [] : [note] };
}
