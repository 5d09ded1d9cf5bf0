// Measures bundle sizes and import times and writes them into README.md: node test/bundle/report.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { bundle, importTime, IMPORTS, PROGRAMS } from './measure.mjs';

const BEGIN = '<!-- sizes:begin -->';
const END = '<!-- sizes:end -->';
const readme = new URL('../../README.md', import.meta.url);

const kb = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(bytes < 10_000 ? 2 : 0)} KB`;

/**
 * A Markdown table laid out as prettier lays it out.
 *
 * @param {readonly string[][]} rows
 */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, at) =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head = [], ...rest] = rows;
  return [line(head), `| ${rule.join(' | ')} |`, ...rest.map(line)].join('\n');
}

const sizes = [['bundled for the browser (rolldown)', 'minified', 'gzipped']];
for (const [name, { source, external }] of Object.entries(PROGRAMS)) {
  const { min, gzip } = await bundle(source, { external });
  sizes.push([name, kb(min), kb(gzip)]);
}
const times = [['`import` in a fresh process', 'CPU']];
for (const [name, module] of Object.entries(IMPORTS)) {
  times.push([`${name}: \`${module}\``, `${importTime(module).toFixed(0)} ms`]);
}

const text = `${table(sizes)}\n\n${table(times)}`;
console.log(text);
const before = readFileSync(readme, 'utf8');
const [from, to] = [before.indexOf(BEGIN), before.indexOf(END)];
if (from < 0 || to < from) throw new Error(`README.md has no ${BEGIN} … ${END}`);
const after = `${before.slice(0, from + BEGIN.length)}\n\n${text}\n\n${before.slice(to)}`;
if (!process.argv.includes('--check')) writeFileSync(readme, after);
