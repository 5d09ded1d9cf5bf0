import type { PackageModel } from '../model/types.js';
import type { Schema } from '../schema/types.js';
import type { Overlay } from './options.js';
import { overlayValue } from './overlay-value.js';
import type { Template } from './templates.js';
import { lineDoc } from './tsdoc.js';
import { valueText } from './value-text.js';

/** What the module of the schema's value is made of. */
export interface SchemaModuleFacts {
  readonly schema: Schema;
  readonly model: PackageModel;
  /** npm name of the package. */
  readonly name: string;
  readonly overlay: Overlay | undefined;
}

/** The schema as a value; with methods, it carries the type of their `Api`. */
export function schemaModule(facts: SchemaModuleFacts, template: Template): string {
  const { schema, model, name } = facts;
  const hasApi = schema.methods.length > 0;
  const overlay = hasApi ? facts.overlay : undefined;
  const head = 'const overlay: ApiOverlay = ';
  const names = ['apiSchema', ...(overlay ? ['type ApiOverlay'] : []), 'type ApiSchema'];
  const imports = [
    `import { ${names.join(', ')} } from '@tlgen/codec';`,
    ...(hasApi ? [`import type { SchemaApi } from './api.js';`] : []),
  ];
  const type = hasApi ? 'ApiSchema<SchemaApi>' : 'ApiSchema';
  const values = [String(model.layer), 'registry', ...(overlay ? ['overlay'] : [])];
  const title = model.layer > 0 ? `${name}, layer ${model.layer},` : name;
  const text = template({
    imports: imports.join('\n'),
    title: lineDoc(title).join(' '),
    overlay: overlay ? `${head}${valueText(overlayValue(overlay, schema))};` : '',
    schema: `export const schema: ${type} = apiSchema(${values.join(', ')});`,
  });
  return `${text}\n`;
}
