import { formatId } from '@tlgen/codec';
import type { ErrorFacts } from '../../emit/options.js';
import { InputError } from '../../io/errors.js';
import { readErrorFacts, readKnownErrors, type KnownError } from '../../io/facts.js';
import { suggest } from '../../schema/suggest.js';
import type { Schema } from '../../schema/types.js';
import { listOption, type Run } from '../command.js';
import { readSelection, selectSchema } from '../select-schema.js';
import { describeCombinator, describeError, describeType, type Described } from '../describe.js';
import { renderDescribed } from '../render-described.js';

const NO_FACTS: ErrorFacts = { source: '', date: '', methods: {}, callers: {} };

/** `tlgen inspect`: what a name, id or error is. */
export const run: Run = async (context, [query = ''], options) => {
  const selection = await selectSchema(context, listOption(options, 'schema'));
  const { schema } = await readSelection(context, selection);
  const file = selection.entry?.errors ?? null;
  const facts = file === null ? NO_FACTS : await readErrorFacts(file);
  const errors = file === null ? [] : await readKnownErrors(file);
  const found = find(query.trim(), schema, facts, errors);
  if (found.length === 0) throw unknown(query, schema, errors);
  context.answer(found.length === 1 ? found[0] : found, () =>
    found.map((one) => renderDescribed(one, context.colors)).join('\n\n'),
  );
  return 0;
};

function find(
  query: string,
  schema: Schema,
  facts: ErrorFacts,
  errors: readonly KnownError[],
): Described[] {
  const all = [...schema.constructors, ...schema.methods];
  const named = all.filter(({ key, name }) => key === query || name === query);
  const found: Described[] = named.map((one) => describeCombinator(one, facts));
  const type = schema.types.find(({ name }) => name === query);
  if (type) found.push(describeType(type, schema));
  const error = describeError(query, facts, errors);
  if (error) found.push(error);
  if (found.length > 0) return found;
  const id = parseId(query);
  if (id === null) return [];
  return all.filter((one) => one.id === id).map((one) => describeCombinator(one, facts));
}

/** `#44fa7a15`, `0x44fa7a15` or `44fa7a15`, and `name#44fa7a15` as schemas write it. */
function parseId(query: string): number | null {
  const hex = /^(?:[\w.]*#|0x)?([0-9a-f]{1,8})$/i.exec(query)?.[1];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

function unknown(query: string, schema: Schema, errors: readonly KnownError[]): InputError {
  if (/^(?:#|0x)[0-9a-f]{1,8}$/i.test(query)) {
    const id = formatId(parseId(query) ?? 0);
    return new InputError('not-found', `nothing has the id ${id} in this schema`, {
      hint: 'it may be of another layer or schema: --schema FILE',
    });
  }
  const names = new Set<string>(schema.types.map(({ name }) => name));
  for (const { key } of [...schema.constructors, ...schema.methods]) names.add(key);
  for (const { name } of errors) names.add(name);
  const near = suggest(query, names);
  return new InputError('not-found', `no constructor, method, type or error is called ${query}`, {
    hint: near.length > 0 ? `did you mean ${near.join(', ')}?` : null,
    details: { suggestions: near },
  });
}
