import type { Schema } from '../schema/types.js';
import { own } from '../model/own.js';
import type { ErrorFacts } from './options.js';
import { call } from './layout-text.js';
import { literal } from '../model/literal.js';
import type { Template } from './templates.js';

const ERRORS = 'export const errors: Readonly<Record<string, readonly RpcErrorFact[]>>';
const CALLERS = "export const callers: Readonly<Record<string, 'user' | 'bot' | 'both'>>";

/** Errors and callers as data, kept apart from code that every program loads. */
export function metadataModule(
  schema: Schema,
  facts: ErrorFacts | undefined,
  template: Template,
): string {
  const names = schema.methods.map((method) => method.name);
  const pick = <T>(table: Readonly<Record<string, T>> | undefined): Record<string, T> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = own(table, name);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  const data = {
    source: literal(facts?.source ?? ''),
    date: literal(facts?.date ?? ''),
    errors: call(`${ERRORS} = JSON.parse`, literal(JSON.stringify(pick(facts?.methods)))),
    callers: call(`${CALLERS} = JSON.parse`, literal(JSON.stringify(pick(facts?.callers)))),
  };
  return `${template(data)}\n`;
}
