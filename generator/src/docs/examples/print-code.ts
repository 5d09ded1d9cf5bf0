import type { PackageModel } from '../../model/types.js';
import { CodeWriter } from './code-value.js';
import type { ExampleObject } from './example-value.js';
import { ImportNames } from './import-names.js';
import { layOut, type Layout } from './layout.js';
import { resultUse } from './result-use.js';
import type { Sampler } from './sample.js';
import { variableName } from './variable-name.js';

/** What printers know beside the value. */
export interface PrintContext {
  readonly model: PackageModel;
  readonly sampler: Sampler;
  /** npm name that examples import from. */
  readonly package: string;
}

/** Lines before and of the function that makes a call: where TypeScript and JavaScript differ. */
export interface FunctionHead {
  readonly imports: readonly string[];
  readonly head: readonly string[];
}

/** A module that shows a value: a method in a call, a constructor as a constant. */
export function moduleText(
  value: ExampleObject,
  { model, sampler, package: name }: PrintContext,
  { imports, head }: FunctionHead,
): string {
  const names = new ImportNames();
  const object = new CodeWriter(model, names).object(value);
  if (value.of.kind === 'constructor') {
    const variable = variableName(value.of, (one) => names.has(one));
    const line = layOut({ key: `export const ${variable} =`, value: object }, 0, 0, 1);
    return `${names.line(name)}\n\n${line};\n`;
  }
  const lines = [
    ...imports,
    names.line(name),
    '',
    ...head,
    `  ${layOut({ key: 'const result =', value: callOf(object) }, 2, 2, 1)};`,
    ...resultUse(value.of, sampler),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function callOf(request: Layout): Layout {
  return { open: 'await client.invoke(', close: ')', items: [request], padding: '', trailing: ',' };
}
