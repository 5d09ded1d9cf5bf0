import type { CombinatorDiff, SchemaDiff } from './diff.js';
import type { Change } from './diff-fields.js';

/** Names that the short form shows of a group. */
const SHOWN = 12;

const SECTIONS = [
  ['Methods', 'methods'],
  ['Constructors', 'constructors'],
] as const;

/** A diff for the terminal: `+` added, `-` removed, `~` changed, `!` at the end of what breaks callers. */
export function formatDiffText(diff: SchemaDiff): string {
  const lines = [`${title(diff)}: ${summary(diff)}`];
  for (const [heading, key] of SECTIONS) {
    const { added, removed, changed } = diff[key];
    if (added.length + removed.length + changed.length > 0) lines.push('', heading);
    for (const { line } of added) lines.push(`+ ${line}`);
    for (const { line } of removed) lines.push(`- ${line} !`);
    for (const { name, changes } of changed) {
      lines.push(`~ ${name}`);
      for (const change of changes) {
        lines.push(`    ${describeChange(change)}${change.breaking ? ' !' : ''}`);
      }
    }
  }
  const { added, removed, changed } = diff.types;
  if (added.length + removed.length + changed.length > 0) lines.push('', 'Types');
  for (const name of added) lines.push(`+ ${name}`);
  for (const name of removed) lines.push(`- ${name} !`);
  for (const type of changed)
    lines.push(`~ ${type.name}: ${signed(type)}${type.breaking ? ' !' : ''}`);
  return `${lines.join('\n')}\n`;
}

/** A diff in a few lines: counts, then the names of each group, the first dozen of them. */
export function formatDiffShort(diff: SchemaDiff): string {
  const lines = [`${title(diff)}: ${summary(diff)}`];
  for (const [heading, key] of SECTIONS) {
    const { added, removed, changed } = diff[key];
    for (const [sign, entries] of [
      ['+', added],
      ['-', removed],
      ['~', changed],
    ] as const) {
      if (entries.length === 0) continue;
      const names = entries.slice(0, SHOWN).map(({ name }) => name);
      const more = entries.length > SHOWN ? ` … and ${String(entries.length - SHOWN)} more` : '';
      lines.push(`${sign} ${heading.toLowerCase()}: ${names.join(', ')}${more}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A diff as a Markdown page. */
export function formatDiffMarkdown(diff: SchemaDiff): string {
  const lines = [`# ${title(diff)}`, '', `${summary(diff)}.`];
  for (const [heading, key] of SECTIONS) lines.push(...markdownSection(heading, diff[key]));
  const { added, removed, changed } = diff.types;
  const types = [
    ...added.map((name) => `- \`${name}\` added`),
    ...removed.map((name) => `- \`${name}\` removed${bold(true)}`),
    ...changed.map((type) => `- \`${type.name}\`: ${signed(type)}${bold(type.breaking)}`),
  ];
  if (types.length > 0) lines.push('', '## Types', '', ...types);
  return `${lines.join('\n')}\n`;
}

function markdownSection(heading: string, { added, removed, changed }: CombinatorDiff): string[] {
  const lines: string[] = [];
  const block = (subheading: string, content: readonly string[]): void => {
    if (content.length > 0) lines.push('', `### ${subheading}`, '', ...content);
  };
  const fence = (entries: CombinatorDiff['added']): string[] =>
    entries.length === 0 ? [] : ['```tl', ...entries.map(({ line }) => `${line};`), '```'];
  block('Added', fence(added));
  block('Removed', fence(removed));
  const items = changed.flatMap(({ name, changes }) => [
    `- \`${name}\``,
    ...changes.map((change) => `  - ${describeChange(change, '`')}${bold(change.breaking)}`),
  ]);
  block('Changed', items);
  return lines.length === 0 ? lines : ['', `## ${heading}`, ...lines];
}

/** One change in words; `quote` surrounds pieces of TL. */
export function describeChange({ kind, field, from, to }: Change, quote = ''): string {
  const tl = (text: string | null): string => `${quote}${text ?? ''}${quote}`;
  switch (kind) {
    case 'field-added':
      return `${tl(field)} added: ${tl(to)}`;
    case 'field-removed':
      return `${tl(field)} removed (was ${tl(from)})`;
    case 'field-renamed':
      return `${tl(from)} renamed to ${tl(to)}`;
    case 'field-retyped':
      return `${tl(field)} changed from ${tl(from)} to ${tl(to)}`;
    case 'fields-reordered':
      return `fields reordered: ${tl(to)}`;
    case 'flag-moved':
      return `${tl(field)} moved to another flag: ${tl(from)} to ${tl(to)}`;
    case 'became-optional':
      return `${tl(field)} became optional: ${tl(to)}`;
    case 'became-required':
      return `${tl(field)} became required: ${tl(to)}`;
    case 'result-changed':
      return `result changed from ${tl(from)} to ${tl(to)}`;
    case 'renumbered':
      return `id changed from ${tl(from)} to ${tl(to)}`;
  }
}

function title({ from, to }: SchemaDiff): string {
  const name = (side: SchemaDiff['from']): string =>
    side.layer === null ? side.file : `layer ${String(side.layer)}`;
  const same = name(from) === name(to);
  return same ? `${from.file} → ${to.file}` : `${name(from)} → ${name(to)}`;
}

function summary(diff: SchemaDiff): string {
  const parts: string[] = [];
  for (const [heading, key] of SECTIONS) {
    const { added, removed, changed } = diff[key];
    if (added.length + removed.length + changed.length === 0) continue;
    const counts = `+${String(added.length)} −${String(removed.length)} ~${String(changed.length)}`;
    parts.push(`${heading.toLowerCase()} ${counts}`);
  }
  const { added, removed, changed } = diff.types;
  if (parts.length + added.length + removed.length + changed.length === 0) return 'no differences';
  if (added.length + removed.length > 0) {
    parts.push(`types +${String(added.length)} −${String(removed.length)}`);
  }
  return `${parts.join(', ')}; ${diff.breaking ? 'breaking' : 'not breaking'}`;
}

function signed({ added, removed }: SchemaDiff['types']['changed'][number]): string {
  return [...added.map((name) => `+${name}`), ...removed.map((name) => `−${name}`)].join(' ');
}

function bold(breaking: boolean): string {
  return breaking ? ' — **breaking**' : '';
}
