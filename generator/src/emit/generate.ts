import type { GenerateOptions, GenerateResult } from './options.js';

/** Turns a schema into the files of a package. */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  throw new Error(`being built: ${options.name}`);
}
