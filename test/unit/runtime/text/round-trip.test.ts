import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  normalise,
  parseHtml,
  parseMarkdown,
  parseMarkdownV2,
  printText,
  toHtml,
  toMarkdown,
  toMarkdownV2,
} from '../../../../packages/runtime/src/text/index.js';
import { alignQuotes } from '../../../../packages/runtime/src/text/markdown/align-quotes.js';
import { splitsPair } from '../../../../packages/runtime/src/text/normalise.js';
import { RUNS, SEED } from '../../../support/random.js';
import { anyFormatted, anyText } from './arbitrary.js';

const runs = { numRuns: RUNS * 1000, seed: SEED };

describe('what all modes agree on', () => {
  it('normal form: nothing is left to do in it', () => {
    fc.assert(
      fc.property(anyFormatted, (formatted) => {
        const once = normalise(formatted);
        expect(normalise(once)).toEqual(once);
      }),
      runs,
    );
  });

  it('normal form: sorted, nested, in the text, of whole characters, and nothing in code', () => {
    fc.assert(
      fc.property(anyFormatted, (formatted) => {
        const { text, entities } = normalise(formatted);
        for (const [at, one] of entities.entries()) {
          const end = one.offset + one.length;
          expect(one.length).toBeGreaterThan(0);
          expect(one.offset).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(splitsPair(text, one.offset) || splitsPair(text, end)).toBe(false);
          for (const next of entities.slice(at + 1)) {
            expect(next.offset).toBeGreaterThanOrEqual(one.offset);
            if (next.offset >= end) continue;
            expect(next.offset + next.length).toBeLessThanOrEqual(end);
            expect(['code', 'pre']).not.toContain(one.type);
            expect(next.type).not.toBe(one.type);
          }
        }
      }),
      runs,
    );
  });

  it('normal form: each character outside of code keeps its styles', () => {
    const styles = ['bold', 'italic', 'underline', 'strike', 'spoiler'];
    fc.assert(
      fc.property(anyFormatted, (formatted) => {
        const { text, entities } = normalise(formatted);
        const covers = (list: typeof entities, type: string, at: number): boolean =>
          list.some((one) => one.type === type && one.offset <= at && at < one.offset + one.length);
        for (let at = 0; at < text.length; at += 1) {
          if (covers(entities, 'code', at) || covers(entities, 'pre', at)) continue;
          if (/[\ud800-\udfff]/.test(text[at]!)) continue;
          for (const type of styles) {
            expect(covers(entities, type, at)).toBe(covers(formatted.entities, type, at));
          }
        }
      }),
      runs,
    );
  });

  it.each(['html', 'markdown', 'markdownv2'] as const)('%s: plain text comes back', (mode) => {
    const parse = { html: parseHtml, markdown: parseMarkdown, markdownv2: parseMarkdownV2 }[mode];
    fc.assert(
      fc.property(anyText, (text) => {
        const plain = { text, entities: [] };
        expect(parse(printText(plain, mode))).toEqual(plain);
      }),
      runs,
    );
  });
});

describe('parse after print', () => {
  it('HTML: everything comes back', () => {
    fc.assert(
      fc.property(anyFormatted, (formatted) => {
        const normal = normalise(formatted);
        expect(parseHtml(toHtml(normal))).toEqual(normal);
      }),
      runs,
    );
  });

  it('MarkdownV2: everything comes back, with quotes of whole lines', () => {
    fc.assert(
      fc.property(anyFormatted, (formatted) => {
        const normal = alignQuotes(formatted, 'markdownv2');
        expect(alignQuotes(normal, 'markdownv2')).toEqual(normal);
        expect(parseMarkdownV2(toMarkdownV2(formatted))).toEqual(normal);
      }),
      runs,
    );
  });

  it('MarkdownV2: without quotes, everything comes back as it was', () => {
    fc.assert(
      fc.property(anyFormatted, ({ text, entities }) => {
        const normal = normalise({
          text,
          entities: entities.filter((one) => one.type !== 'blockquote'),
        });
        expect(parseMarkdownV2(toMarkdownV2(normal))).toEqual(normal);
      }),
      runs,
    );
  });

  it('Markdown: all it can say comes back', () => {
    fc.assert(
      fc.property(anyFormatted, (formatted) => {
        const normal = alignQuotes(formatted, 'markdown');
        expect(alignQuotes(normal, 'markdown')).toEqual(normal);
        expect(parseMarkdown(toMarkdown(formatted))).toEqual(normal);
      }),
      runs,
    );
  });

  it('Markdown: without underline and quotes, everything comes back as it was', () => {
    fc.assert(
      fc.property(anyFormatted, ({ text, entities }) => {
        const said = entities.filter(
          (one) => one.type !== 'blockquote' && one.type !== 'underline',
        );
        const normal = normalise({ text, entities: said });
        expect(parseMarkdown(toMarkdown(normal))).toEqual(normal);
      }),
      runs,
    );
  });
});
