import type { ExampleObject } from './example-value.js';
import { moduleText, type PrintContext } from './print-code.js';

/** The example as a TypeScript module. */
export function printTypeScript(value: ExampleObject, context: PrintContext): string {
  return moduleText(value, context, {
    imports: ["import type { Invoker } from '@tlgen/codec';"],
    head: ['export async function example(client: Invoker): Promise<void> {'],
  });
}
