import { describe, expect, it } from 'vitest';
import { roleOf, wordsOf } from '../../generator/src/model/fields.js';
import { combinatorsOf, OWN_NAMES, ownSchema, type OwnSchema } from '../support/schemas.js';
import { cellsOf, markdownPages, section } from './content.js';

const pages = markdownPages();
const removed = (front: Readonly<Record<string, unknown>>): boolean => 'removed' in front;

/** First cells of the table below a heading. */
const firstCells = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((row) => (cellsOf(row)[0] ?? '').replace(/[*`\\]/g, ''));

describe.each(OWN_NAMES)('pages of %s', (name: OwnSchema) => {
  const schema = ownSchema(name);
  const mine = pages.filter(({ front }) => front['schema'] === name && !removed(front));
  const namesOf = (kind: string): string[] =>
    mine
      .filter(({ front }) => front['kind'] === kind)
      .map(({ front }) => front['name'] as string)
      .sort();

  it('are exactly one for every method, constructor and type', () => {
    expect(namesOf('method')).toEqual(schema.methods.map(({ key }) => key).sort());
    expect(namesOf('constructor')).toEqual(schema.constructors.map(({ key }) => key).sort());
    expect(namesOf('type')).toEqual(schema.types.map(({ name: type }) => type).sort());
  });

  it('have the parameters of the schema, by full name, and the id', () => {
    const byName = new Map(
      mine.map((page) => [`${String(page.front['kind'])} ${String(page.front['name'])}`, page]),
    );
    for (const one of combinatorsOf(schema)) {
      const page = byName.get(`${one.kind} ${one.key}`);
      if (page === undefined) throw new Error(`no page of ${one.key}`);
      const words = wordsOf(one);
      const shown = one.fields
        .filter((field) => roleOf(field, words) !== 'word')
        .map((field) => field.name);
      const table = section(page, one.kind === 'method' ? 'Parameters' : 'Fields');
      expect(firstCells(table), page.path).toEqual(shown);
      expect(page.front['id'], page.path).toBe(one.id.toString(16).padStart(8, '0'));
      expect(page.body, page.path).toContain(`${one.name}#${one.id.toString(16)}`);
    }
  });

  it('say truthfully what is required', () => {
    const byName = new Map(
      mine.map((page) => [`${String(page.front['kind'])} ${String(page.front['name'])}`, page]),
    );
    for (const one of combinatorsOf(schema)) {
      const page = byName.get(`${one.kind} ${one.key}`);
      const rows = section(page as never, one.kind === 'method' ? 'Parameters' : 'Fields')
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map(cellsOf);
      const at = rows[0]?.indexOf('Required') ?? -1;
      for (const cells of rows.slice(2)) {
        const field = one.fields.find(
          (each) => each.name === (cells[0] ?? '').replace(/[*`\\]/g, ''),
        );
        const { flag } = field ?? { flag: null };
        if (flag !== null && flag !== undefined)
          expect(cells[at], one.key).toBe(
            `No \`${flag.word}${flag.bit === null ? '' : `.${flag.bit}`}\``,
          );
        else if (!wordsOf(one).has(field?.name ?? '') && !/^flags\d*$/.test(field?.name ?? ''))
          expect(['Yes', 'Filled in'], one.key).toContain(cells[at]);
      }
    }
  });
});

describe('pages of errors', () => {
  it('are one for every error that a method is said to throw', () => {
    const names = pages
      .filter(({ front }) => front['kind'] === 'error')
      .map(({ front }) => front['name']);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(700);
    expect(names).toContain('FLOOD_WAIT_%d');
  });
});
