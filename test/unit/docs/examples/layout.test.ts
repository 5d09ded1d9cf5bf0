import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { layOut, type Layout } from '../../../../generator/src/docs/examples/layout.js';
import { ownExamples } from '../../../support/docs-examples.js';
import { RUNS } from '../../../support/random.js';
import { OWN_NAMES } from '../../../support/schemas.js';

const STYLE = { printWidth: 100, singleQuote: true };
const PARSERS: Record<string, string> = { ts: 'typescript', js: 'babel', json: 'json' };

describe.each(OWN_NAMES)('examples of %s', (name) => {
  it('are laid out as prettier would', async () => {
    for (const [at, { of, examples }] of ownExamples(name).entries()) {
      for (const [which, { language, code }] of examples.entries()) {
        // In short runs each item in one of its languages, by turns: they differ in little.
        if (RUNS === 1 && (at + which) % examples.length !== 0) continue;
        const parser = PARSERS[language];
        if (parser === undefined) throw new Error(`no parser for ${language}`);
        const pretty = await format(code, { ...STYLE, parser });
        if (pretty !== code) expect(code, `${of.key} in ${language}`).toBe(pretty);
      }
    }
  });
});

describe('layOut', () => {
  const list = (items: readonly Layout[], more: object = {}): Layout => ({
    open: '[',
    close: ']',
    items,
    padding: '',
    trailing: ',',
    ...more,
  });

  /** A statement with the layout, and the same as prettier has it. */
  const both = async (value: Layout): Promise<[string, string]> => {
    const text = `${layOut({ key: 'const value =', value }, 0, 0, 1)};\n`;
    return [text, await format(text, { ...STYLE, parser: 'typescript' })];
  };

  const call = { open: 'f(', close: ')' };
  /** A call with an object, by the length of the function's name. */
  const hugging = (length: number): Layout => {
    const items = ['a', 'b'].map((key) => ({ key: `${key}:`, value: `'${'x'.repeat(20)}'` }));
    const object = list(items, { open: '{', close: '}', padding: ' ' });
    return list([object], { open: `new ${'F'.repeat(length)}(`, close: ')', hugs: true });
  };
  const numbers = Array.from({ length: 60 }, (_, n) => String(n * 7));
  const row = list(['1', '2'], { filled: true });
  it.each<[string, Layout]>([
    ['nothing', list([])],
    ['few numbers', list(['1', '2'], { filled: true })],
    ['many numbers', list(numbers, { filled: true })],
    ['bytes in a call', list([list(numbers, { filled: true })], { ...call, hugs: true })],
    ['a call that hugs', hugging(79)],
    ['a call that has no room to hug', hugging(80)],
    ['a call on the next line', hugging(81)],
    ['a call with a call', list([hugging(70)], call)],
    ['many longs', list(numbers.map((one) => `${one}n`))],
    ['a matrix', list([row, row], { broken: true })],
    ['exactly the width', list([`'${'x'.repeat(80)}'`])],
    ['one more than the width', list([`'${'x'.repeat(81)}'`])],
    ['a long text', `'${'x'.repeat(99)}'`],
  ])('%s, as prettier has it', async (_name, value) => {
    const [ours, pretty] = await both(value);
    expect(ours).toBe(pretty);
  });
});
