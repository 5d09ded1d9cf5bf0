import { describe, expect, it } from 'vitest';
import { complaintsAbout, type Snippet } from '../support/check-snippets.js';
import { ownExamples } from '../support/docs-examples.js';
import { combinatorsOf, OWN_NAMES, ownSchema } from '../support/schemas.js';

const snippets = OWN_NAMES.flatMap((name) =>
  ownExamples(name).flatMap(({ of, examples }) =>
    examples.flatMap(({ language, code }): Snippet[] =>
      language === 'ts' || language === 'js'
        ? [{ name: `${name}/${of.kind} ${of.key}`, language, code }]
        : [],
    ),
  ),
);

describe('examples of the docs', () => {
  it('there is one of everything, in both languages', () => {
    const items = OWN_NAMES.flatMap((name) => combinatorsOf(ownSchema(name)));
    expect(snippets.length).toBe(2 * items.length);
  });

  it('all of them type-check, strictly', async () => {
    expect(await complaintsAbout('docs-examples', snippets)).toBe('');
  });
});

describe('the check itself', () => {
  it('names the snippets that are wrong', async () => {
    const right =
      "import { base } from '@tlgen/telegram';\nexport const x = new base.PeerUser({ userId: 1n });\n";
    const wrong = right.replace('1n', '1');
    const complaints = await complaintsAbout('docs-examples-wrong', [
      { name: 'right', language: 'ts', code: right },
      { name: 'wrong', language: 'ts', code: wrong },
      { name: 'wrong', language: 'js', code: wrong },
    ]);
    expect(complaints).toMatch(/^wrong \(ts\)\(2,.*TS2322/m);
    expect(complaints).toMatch(/^wrong \(js\)\(2,.*TS2322/m);
    expect(complaints).not.toContain('right');
  });
});
