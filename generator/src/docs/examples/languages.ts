import type { ExampleObject } from './example-value.js';
import type { PrintContext } from './print-code.js';
import { printJavaScript } from './print-js.js';
import { printJson } from './print-json.js';
import { printTypeScript } from './print-ts.js';

/** A language that examples are shown in. */
export interface ExampleLanguage {
  /** Tab: `TypeScript`. */
  readonly title: string;
  /** Info string of the fence: `ts`. */
  readonly language: string;
  /** Code of a module or document, with the line end. */
  readonly print: (value: ExampleObject, context: PrintContext) => string;
}

/** In the order of the tabs. */
export const LANGUAGES: readonly ExampleLanguage[] = [
  { title: 'TypeScript', language: 'ts', print: printTypeScript },
  { title: 'JavaScript', language: 'js', print: printJavaScript },
  { title: 'JSON', language: 'json', print: printJson },
];
