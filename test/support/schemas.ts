import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Registry } from '@tlgen/codec';
import { parseSchema } from '../../generator/src/schema/parse-schema.js';
import type { Schema, SchemaCombinator } from '../../generator/src/schema/types.js';
import { schemasFolder } from '../../schemas/rebuild/packages.mjs';

/** The schemas with a package of their own, and their files. */
export const OWN_SCHEMAS = {
  mtproto: 'mtproto/mtproto.tl',
  secret: 'secret/secret.tl',
  calls: 'calls/calls.tl',
  telegram: 'telegram/api.tl',
} as const;

export type OwnSchema = keyof typeof OWN_SCHEMAS;
export const OWN_NAMES = Object.keys(OWN_SCHEMAS) as OwnSchema[];

/** Parses TL text that must be free of errors. */
export function schemaOf(text: string, file = 'test.tl'): Schema {
  const { schema, diagnostics } = parseSchema(text, { file });
  const errors = diagnostics.filter((one) => one.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((one) => one.message).join('\n'));
  return schema;
}

/** One of the schemas of this repository. */
export function ownSchema(name: OwnSchema): Schema {
  const file = OWN_SCHEMAS[name];
  return schemaOf(readFileSync(join(schemasFolder, file), 'utf8'), file);
}

/** The registry of a generated package of this repository. */
export async function ownRegistry(name: OwnSchema): Promise<Registry> {
  const module = (await import(`@tlgen/${name}/registry`)) as { registry: Registry };
  return module.registry;
}

/** Constructors, then methods. */
export function combinatorsOf(schema: Schema): readonly SchemaCombinator[] {
  return [...schema.constructors, ...schema.methods];
}
