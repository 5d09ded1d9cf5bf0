import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder, complaintsAbout, type Snippet } from '../support/check-snippets.js';
import { examplesOf, ownExamples, type ExamplesOf } from '../support/docs-examples.js';
import { generatedFrom } from '../support/generated-layer.js';
import { combinatorsOf, OWN_NAMES, ownSchema } from '../support/schemas.js';
import { SMALL_SCHEMA } from '../support/small-schema.js';

function snippetsOf(schema: string, all: readonly ExamplesOf[]): Snippet[] {
  return all.flatMap(({ of, examples }) =>
    examples.flatMap(({ language, code }): Snippet[] =>
      language === 'ts' || language === 'js'
        ? [{ name: `${schema}/${of.kind} ${of.key}`, language, code }]
        : [],
    ),
  );
}

const snippets = OWN_NAMES.flatMap((name) => snippetsOf(name, ownExamples(name)));

describe('examples of the docs', () => {
  it('there is one of everything, in both languages', () => {
    const items = OWN_NAMES.flatMap((name) => combinatorsOf(ownSchema(name)));
    expect(snippets.length).toBe(2 * items.length);
  });

  it('all of them type-check, strictly', async () => {
    expect(await complaintsAbout('docs-examples', snippets)).toBe('');
  });
});

describe('examples of schemas with odd names and every kind of field', () => {
  it.each([
    ['odd', readFileSync(new URL('../golden/fixtures/odd.tl', import.meta.url), 'utf8')],
    ['small', SMALL_SCHEMA],
  ])('%s: all of them type-check', async (name, text) => {
    const { schema, folder } = await generatedFrom(name, text);
    const root = relative(cacheFolder, join(folder, 'dist/generated/index.js'));
    const all = examplesOf(schema, `../${root.replaceAll('\\', '/')}`);
    expect(await complaintsAbout(`docs-examples-${name}`, snippetsOf(name, all))).toBe('');
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
