import { decode, encode, fromJson, toJson, type JsonObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { complaintsAbout, type Snippet } from '../support/check-snippets.js';
import { OWN_NAMES, ownRegistry, type OwnSchema } from '../support/schemas.js';
import { fences, markdownPages, section, type MarkdownPage } from './content.js';

const pages = markdownPages().filter(
  ({ front }) =>
    (front['kind'] === 'method' || front['kind'] === 'constructor') && !('removed' in front),
);

const codeOf = (page: MarkdownPage, language: string): string | undefined =>
  fences(section(page, 'Example')).find(({ info }) => info === language)?.text;

describe('examples as the pages show them', () => {
  it('type-check, in TypeScript and in JavaScript', async () => {
    const snippets = (['ts', 'js'] as const).flatMap((language) =>
      pages.map((page): Snippet => {
        const code = codeOf(page, language);
        if (code === undefined) throw new Error(`${page.path} has no example in ${language}`);
        return { name: page.path, language, code };
      }),
    );
    expect(snippets.length).toBeGreaterThan(5000);
    expect(await complaintsAbout('pages', snippets)).toBe('');
  });

  it.each(OWN_NAMES)('of %s encode, and decode to themselves', async (name: OwnSchema) => {
    const registry = await ownRegistry(name);
    const mine = pages.filter(({ front }) => front['schema'] === name);
    expect(mine.length).toBeGreaterThan(10);
    for (const page of mine) {
      const json = JSON.parse(codeOf(page, 'json') ?? '{}') as JsonObject;
      const bytes = encode(fromJson(json, registry));
      expect(toJson(decode(bytes, registry)), page.path).toEqual(json);
    }
  });
});
