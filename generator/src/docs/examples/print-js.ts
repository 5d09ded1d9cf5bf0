import type { ExampleObject } from './example-value.js';
import { moduleText, type PrintContext } from './print-code.js';

/** The example as a JavaScript module that type checkers understand as well. */
export function printJavaScript(value: ExampleObject, context: PrintContext): string {
  return moduleText(value, context, {
    imports: [],
    head: [
      "/** @param {import('@tlgen/codec').Invoker} client */",
      'export async function example(client) {',
    ],
  });
}
