import { describe, expect, it } from 'vitest';
import {
  codeSpan,
  escapeCell,
  escapeHeading,
  escapeLabel,
  escapeStart,
  escapeText,
  fenceFor,
} from '../../../../generator/src/docs/render/escape.js';
import { relativeLink } from '../../../../generator/src/docs/render/links.js';
import {
  lowerFirst,
  plainText,
  sentence,
  shortened,
} from '../../../../generator/src/docs/render/plain-text.js';

describe('escaping', () => {
  it.each([
    ['random_id', 'random_id'],
    ['FLOOD_WAIT_%d', 'FLOOD_WAIT_%d'],
    ['_by_<bot>', '\\_by_&lt;bot>'],
    ['a __b__', 'a \\_\\_b__'],
    ['2 * 3 *x*', '2 \\* 3 \\*x\\*'],
    ['[a](b) `c`', '\\[a](b) \\`c\\`'],
    ['1 < 2', '1 < 2'],
    ['<script>', '&lt;script>'],
    ['<!-- x', '&lt;!-- x'],
    ['&lt; & co', '&amp;lt; & co'],
    ['C:\\new \\*', 'C:\\new \\\\\\*'],
    ['~~no~~', '\\~\\~no\\~\\~'],
    // GitHub strikes through between single ones too.
    ['~no~', '\\~no\\~'],
    // What follows may be a link or a full stop.
    ['a\\', 'a\\\\'],
  ])('%s', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  it('keeps cells in one line and never empty', () => {
    expect(escapeCell('a|b\n  c \\| d')).toBe('a\\|b c \\| d');
    // Here it is the backslash that is escaped.
    expect(escapeCell(escapeText('a\\| b'))).toBe('a\\\\\\| b');
    expect(escapeCell(' \n ')).toBe('–');
  });

  it('lets no bracket end the text of a link', () => {
    expect(escapeLabel('a[1] ]')).toBe('a\\[1\\] \\]');
  });

  it('keeps lines from becoming headings, lists and quotes', () => {
    const starts = ['# a', '> a', '- a', '+ a', '1. a', '12) a', '=== ', '::: x', '| a |'];
    for (const text of starts) expect(escapeStart(text), text).toMatch(/^(?:\\|\d+\\)/);
    expect(escapeStart('**bold** text')).toBe('**bold** text');
    expect(escapeStart('2024 was')).toBe('2024 was');
    expect(escapeHeading('#')).toBe('\\#');
  });

  it('puts code between enough backticks', () => {
    expect(codeSpan('a<b>')).toBe('`a<b>`');
    expect(codeSpan('a`b')).toBe('`` a`b ``');
    expect([fenceFor('x'), fenceFor('````\n')]).toEqual(['```', '`````']);
  });
});

describe('plain text', () => {
  it('is the first paragraph without marks', () => {
    const text = 'Gets **all** `x`, see [docs](https://a.b/c_(d)).\nMore';
    expect(plainText(text)).toBe('Gets all x, see docs.');
    expect(plainText('Accepts a call, see [here »](https://a.b) for more info.')).toBe(
      'Accepts a call.',
    );
    expect(plainText('2 * 3 * 4')).toBe('2 * 3 * 4');
  });

  it('is cut between words', () => {
    expect(shortened('abc def', 7)).toBe('abc def');
    expect(shortened('abc def, ghi jkl', 10)).toBe('abc def…');
    expect(shortened('a'.repeat(30), 10)).toBe(`${'a'.repeat(9)}…`);
    expect(shortened('Gets all of it', 90).length).toBeLessThanOrEqual(90);
  });

  it('fits into sentences', () => {
    expect(['A number', "The client's apiId", 'URL of x', '0: all'].map(lowerFirst)).toEqual([
      'a number',
      "the client's apiId",
      'URL of x',
      '0: all',
    ]);
    expect([sentence('a'), sentence('a.')]).toEqual(['a.', 'a.']);
  });
});

describe('relative links', () => {
  it.each([
    ['methods/a.md', 'types/B.md', '../types/B.md'],
    ['methods/a.md', 'methods/b.md', 'b.md'],
    ['methods/a.md', 'methods/a.md', 'a.md'],
    ['index.md', 'types/B.md', 'types/B.md'],
    ['types/B.md', 'index.md', '../index.md'],
    ['types/B.md', 'secret/types/B.md', '../secret/types/B.md'],
    ['secret/types/B.md', 'secret/methods/a.md', '../methods/a.md'],
    ['secret/types/B.md', 'types/B.md', '../../types/B.md'],
    ['types/B.md', 'errors/index.md#general', '../errors/index.md#general'],
  ])('%s → %s', (from, to, link) => {
    expect(relativeLink(from, to)).toBe(link);
  });
});
