import type { Schema } from '../../schema/types.js';
import { listOption, type Run } from '../command.js';
import { readSelection, selectAll } from '../select-schema.js';

interface Stats {
  readonly name: string;
  readonly layer: number | null;
  readonly layers: readonly number[];
  readonly constructors: number;
  readonly methods: number;
  readonly types: number;
  readonly namespaces: number;
  readonly fields: number;
  readonly optionalFields: number;
  readonly explicitIds: number;
  readonly largest: { readonly name: string; readonly fields: number } | null;
}

/** `tlgen stats`: what schemas hold, in numbers. */
export const run: Run = async (context, _args, options) => {
  const all: Stats[] = [];
  for (const selection of await selectAll(context, listOption(options, 'schema'))) {
    const { schema } = await readSelection(context, selection);
    all.push(statsOf(selection.label, schema));
  }
  context.answer({ schemas: all }, () => all.map(text).join('\n\n'));
  return 0;
};

function statsOf(name: string, schema: Schema): Stats {
  const all = [...schema.constructors, ...schema.methods];
  const fields = all.flatMap((one) => one.fields);
  let largest: Stats['largest'] = null;
  for (const { key, fields: own } of all) {
    if (own.length > (largest?.fields ?? 0)) largest = { name: key, fields: own.length };
  }
  return {
    name,
    layer: schema.layer,
    layers: schema.layers,
    constructors: schema.constructors.length,
    methods: schema.methods.length,
    types: schema.types.length,
    namespaces: new Set(all.map((one) => one.namespace).filter((one) => one !== '')).size,
    fields: fields.length,
    optionalFields: fields.filter(({ flag }) => flag !== null).length,
    explicitIds: all.filter((one) => one.explicitId).length,
    largest,
  };
}

function text(stats: Stats): string {
  const rows: [string, string | number][] = [
    ['constructors', stats.constructors],
    ['methods', stats.methods],
    ['types', stats.types],
    ['namespaces', stats.namespaces],
    ['fields', `${stats.fields} (${stats.optionalFields} optional)`],
    ['explicit ids', stats.explicitIds],
  ];
  if (stats.largest)
    rows.push(['largest', `${stats.largest.name} (${stats.largest.fields} fields)`]);
  if (stats.layers.length > 0) rows.push(['layers', stats.layers.join(', ')]);
  const head = stats.layer === null ? stats.name : `${stats.name}, layer ${stats.layer}`;
  return [head, ...rows.map(([label, value]) => `  ${label.padEnd(13)} ${value}`)].join('\n');
}
