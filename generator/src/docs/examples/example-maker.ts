import type { PackageModel } from '../../model/types.js';
import type { Schema, SchemaCombinator } from '../../schema/types.js';
import type { Example } from '../types.js';
import { LANGUAGES } from './languages.js';
import { Sampler } from './sample.js';

/** What examples are made of. */
export interface ExampleSource {
  readonly schema: Schema;
  /** Of that schema. */
  readonly model: PackageModel;
  /** npm name of the package made of it: `@tlgen/telegram`. */
  readonly package: string;
}

/**
 * Makes the examples of a schema's constructors and methods, one per language. Empty for what has no value that ends
 * or only enormous ones. Same input, same bytes.
 */
export function exampleMaker(
  source: ExampleSource,
): (combinator: SchemaCombinator) => readonly Example[] {
  const sampler = new Sampler(source.schema, source.model.layer);
  const context = { model: source.model, package: source.package, sampler };
  return (combinator) => {
    const value = sampler.sampleOf(combinator);
    if (value === null) return [];
    return LANGUAGES.map(({ title, language, print }) => ({
      title,
      language,
      code: print(value, context),
    }));
  };
}
