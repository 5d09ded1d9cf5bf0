import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../structure/imports.js';
import { ownSchema, OWN_NAMES } from '../../../support/schemas.js';
import { fencesOf, guideFiles, proseOf, tableRows } from './guide-files.js';

const guides = guideFiles();
const PROMISED =
  `getting-started new-layer tl-language connecting signing-in calling-methods peers text errors
  local-data-center secret-chats files updates sessions settings migrating-from-gramjs migrating-from-madelineproto architecture`.split(
    /\s+/,
  );

const each = guides.map((guide) => [guide.name, guide] as const);

/** `kind/name` of everything that a `tl:` link may name, by schema. */
const NAMES = new Map(
  OWN_NAMES.map((key) => {
    const { methods, constructors, types } = ownSchema(key);
    const lines = [...methods, ...constructors].map((one) => one.key);
    return [key as string, new Set([...lines, ...types.map(({ name }) => `type/${name}`)])];
  }),
);

const facts = JSON.parse(
  readFileSync(join(root, 'schemas/telegram/errors.json'), 'utf8'),
) as Record<'errors', Record<string, string[]>>;
const ERRORS = new Set(Object.values(facts.errors).flat());

function isItem(target: string): boolean {
  if (target.startsWith('error/')) return ERRORS.has(target.slice('error/'.length));
  const [, schema = '', name = ''] = /^(\w+)\/(.*)$/.exec(target) ?? [];
  return (NAMES.get(schema)?.has(name) ?? false) || (NAMES.get('telegram')?.has(target) ?? false);
}

/** Code within the text is no link, whatever it looks like. */
const linksOf = (body: string): string[] =>
  [
    ...proseOf(body)
      .replace(/(`+)[^\n]*?\1(?!`)/g, 'code')
      .matchAll(/\]\(([^)]+)\)/g),
  ].map(([, target = '']) => target);

/** Names of the parts that a program marks. */
function partsOf(text: string): string[] {
  return [...text.matchAll(/^\s*\/\/ docs: (\S+)$([^]*?)^\s*\/\/ docs: end$/gm)].map(
    ([, name = '', lines = '']) => (lines.includes('// docs: ') ? `${name} is not closed` : name),
  );
}

describe('guides', () => {
  it('are the ones that were promised', () => {
    const names = guides.map(({ name }) => name.replace('.md', ''));
    expect(names).toEqual(expect.arrayContaining(PROMISED));
  });

  it('have an order without doubles', () => {
    const orders = guides.map(({ front }) => front['order']);
    expect(new Set(orders).size).toBe(guides.length);
    for (const order of orders) expect(order).toBeTypeOf('number');
  });

  it.each(each)('%s has a title and a description', (_, { front, body }) => {
    expect(Object.keys(front)).toEqual(['title', 'description', 'order']);
    expect(front['title']).toMatch(/^\S.*\S$/);
    expect(front['description']).toMatch(/^\S.*\.$/);
    expect(body.match(/^# .+$/gm)?.[0]).toBe(`# ${String(front['title'])}`);
    expect(proseOf(body).match(/^# .+$/gm)).toHaveLength(1);
  });

  it.each(each)('%s shows only code that runs', (_, { body }) => {
    for (const { language, info, code } of fencesOf(body)) {
      if (!info.startsWith('file=')) {
        expect(['tl', 'sh', 'json', 'text', 'php']).toContain(language);
        expect(code.trim()).not.toBe('');
        continue;
      }
      const [, file = '', part = ''] = /^file=(examples\/[\w-]+\.mjs)#([\w-]+)$/.exec(info) ?? [];
      expect(language).toBe('js');
      expect(existsSync(join(root, file)), info).toBe(true);
      expect(partsOf(readFileSync(join(root, file), 'utf8')), info).toContain(part);
      expect(code.trim()).toBe('');
    }
  });

  it.each(each)('%s leads nowhere that is not there', (_, { body }) => {
    for (const target of linksOf(body)) {
      if (target.startsWith('tl:')) expect(isItem(target.slice(3)), target).toBe(true);
      else expect(guides.map(({ name }) => name)).toContain(target.replace(/#.*$/, ''));
    }
  });

  it.each(each)('%s has no empty cell and even rows', (_, { body }) => {
    for (const row of tableRows(proseOf(body))) expect(row, row.join(' | ')).not.toContain('');
    const tables = proseOf(body).match(/(?:^\|.*\n)+/gm) ?? [];
    for (const table of tables) {
      const widths = table
        .trim()
        .split('\n')
        .map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(widths).size, table).toBe(1);
    }
  });

  it.each([
    'connecting',
    'secret-chats',
    'files',
    'updates',
    'sessions',
    'settings',
    'calling-methods',
  ])('%s says what is not built', (name) => {
    const guide = guides.find((one) => one.name === `${name}.md`);
    expect(guide?.body).toMatch(/not built yet/);
  });
});

/** What an example prints. */
function outputOf(file: string): string {
  const { stdout } = spawnSync(process.execPath, [join(root, file)], { encoding: 'utf8' });
  return stdout;
}

describe('the texts of guides', () => {
  const outputs = guides.flatMap(({ name, body }) =>
    fencesOf(body).map((fence) => [name, fence] as const),
  );

  it('quote JSON that is JSON', () => {
    for (const [name, { language, code }] of outputs)
      if (language === 'json') expect(() => JSON.parse(code) as unknown, name).not.toThrow();
  });

  it.each([
    'getting-started.md',
    'connecting.md',
    'signing-in.md',
    'calling-methods.md',
    'peers.md',
    'text.md',
    'sessions.md',
    'errors.md',
    'local-data-center.md',
    'migrating-from-madelineproto.md',
    'updates.md',
  ])('%s quotes what its examples print', (guide) => {
    const fences = outputs.flatMap(([name, fence]) => (name === guide ? [fence] : []));
    const files = new Set(fences.flatMap(({ info }) => /examples\/[\w-]+\.mjs/.exec(info) ?? []));
    const printed = new Set([...files].flatMap((file) => outputOf(file).split('\n')));
    const quoted = fences
      .filter(({ language, code }) => language === 'text' && !/^(?:await|const) /.test(code))
      .flatMap(({ code }) => code.trimEnd().split('\n'));
    expect(quoted.length).toBeGreaterThan(0);
    expect(quoted.filter((line) => !printed.has(line))).toEqual([]);
  });

  it('know every part of the examples that is marked', () => {
    const used = outputs.flatMap(([, { info }]) => (info.startsWith('file=') ? [info] : []));
    const files = new Set(used.map((info) => info.replace(/^file=|#.*$/g, '')));
    const marked = [...files].flatMap((file) =>
      partsOf(readFileSync(join(root, file), 'utf8')).map((part) => `file=${file}#${part}`),
    );
    expect(marked.filter((info) => !used.includes(info))).toEqual([]);
  });
});
