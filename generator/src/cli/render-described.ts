import type { Described, DescribedCombinator } from './describe.js';
import type { Context } from './context.js';

type Colors = Context['colors'];

const CALLERS: Readonly<Record<string, string>> = {
  user: 'users only',
  bot: 'bots only',
  both: 'users and bots',
};

/** What `inspect` found, for people. */
export function renderDescribed(one: Described, colors: Colors): string {
  const { bold, dim } = colors;
  const head = `${bold(one.name)}  ${dim(one.kind)}`;
  if (one.kind === 'type') {
    const description = one.description === null ? [] : [one.description];
    const returned = one.returnedBy.length > 0 ? list('returned by', one.returnedBy, colors) : [];
    return [
      head,
      ...description,
      ...list('constructors', one.constructors, colors),
      ...returned,
    ].join('\n');
  }
  if (one.kind === 'error') {
    const codes = `code ${one.codes.join(', ')}`;
    const source = dim(`source: ${one.source}, ${one.date}`);
    const methods =
      one.methods.length > 0
        ? list('methods', one.methods, colors)
        : [one.general ? 'any method may answer with it' : 'methods: unknown'];
    return [head, codes, ...methods, source].join('\n');
  }
  return [head, ...combinatorLines(one, colors)].join('\n');
}

function combinatorLines(one: DescribedCombinator, colors: Colors): string[] {
  const { cyan, dim } = colors;
  const lines = [cyan(one.tl)];
  if (one.description !== null) lines.push(one.description);
  const module = one.namespace === '' ? 'base' : one.namespace;
  lines.push(`${one.kind === 'method' ? 'returns' : 'type'}: ${one.type}`);
  lines.push(`class: ${one.class} ${dim(`in module ${module}`)}`);
  if (one.layers !== null) {
    lines.push(`layers: ${one.layers.since} … ${one.layers.until ?? 'now'}`);
  }
  if (one.fields.length > 0) {
    lines.push('fields:');
    const width = Math.max(...one.fields.map(({ name }) => name.length));
    for (const { name, type, flag, description } of one.fields) {
      const optional = flag === null ? '' : dim(`  optional, ${flag}`);
      const words = description === null ? '' : dim(`  ${description}`);
      lines.push(`  ${name.padEnd(width)}  ${type}${optional}${words}`);
    }
  }
  if (one.callers !== null) lines.push(`callers: ${CALLERS[one.callers]}`);
  if (one.errors.length > 0) {
    const errors = one.errors.map(({ name, code }) => `${name} (${code})`);
    lines.push(...list('errors', errors, colors));
  }
  return lines;
}

function list(label: string, items: readonly string[], { dim }: Colors): string[] {
  return [`${label}: ${dim(`(${items.length})`)}`, ...items.map((item) => `  ${item}`)];
}
