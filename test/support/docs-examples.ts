import { exampleMaker } from '../../generator/src/docs/examples/example-maker.js';
import type { Example } from '../../generator/src/docs/types.js';
import { buildModel } from '../../generator/src/model/build-model.js';
import type { Schema, SchemaCombinator } from '../../generator/src/schema/types.js';
import { combinatorsOf, ownSchema, type OwnSchema } from './schemas.js';

/** The examples of one constructor or method. */
export interface ExamplesOf {
  readonly of: SchemaCombinator;
  readonly examples: readonly Example[];
}

/** Examples of everything in a schema. */
export function examplesOf(schema: Schema, packageName: string): ExamplesOf[] {
  const make = exampleMaker({ schema, model: buildModel(schema), package: packageName });
  return combinatorsOf(schema).map((of) => ({ of, examples: make(of) }));
}

/** Examples of everything in one of this repository's schemas. */
export function ownExamples(name: OwnSchema): ExamplesOf[] {
  return examplesOf(ownSchema(name), `@tlgen/${name}`);
}

/** The code of an example in one language. */
export function codeIn(language: string, { of, examples }: ExamplesOf): string {
  const found = examples.find((one) => one.language === language);
  if (found === undefined) throw new Error(`no ${language} example of ${of.key}`);
  return found.code;
}
