import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderDocs } from '../../generator/src/docs/render-docs.js';
import type { DocsSchema } from '../../generator/src/docs/types.js';
import { loadBundled } from '../../generator/src/io/bundled.js';
import { readDocsFacts } from '../../generator/src/io/docs-inputs.js';
import { layerText } from '../../schemas/rebuild/layers.mjs';
import { OWN_NAMES, ownSchema, schemaOf } from '../support/schemas.js';
import { CONTENT } from './content.js';

/** What `npm run docs:build` documents, read anew. */
async function set(): Promise<DocsSchema[]> {
  const entries = (await loadBundled())?.entries ?? [];
  const titles: Record<string, string> = {
    telegram: 'Telegram API',
    mtproto: 'MTProto',
    secret: 'Secret chats',
    calls: 'Calls',
  };
  const docs = await Promise.all(
    entries.map(async (entry): Promise<DocsSchema> => {
      const key = OWN_NAMES.find((name) => name === entry.key) ?? 'telegram';
      const { facts } = await readDocsFacts(entry);
      const older = key === 'telegram' ? [227, 198].map((layer) => schemaOf(layerText(layer))) : [];
      return {
        key,
        title: titles[key] ?? key,
        package: entry.package,
        schema: ownSchema(key),
        ...facts,
        older,
      };
    }),
  );
  return docs;
}

describe('the docs', () => {
  it('are the same bytes in two runs', async () => {
    const [first, second] = [
      await renderDocs({ schemas: await set() }),
      await renderDocs({ schemas: await set() }),
    ];
    expect(first.files.size).toBeGreaterThan(8000);
    expect([...first.files.keys()]).toEqual([...second.files.keys()]);
    const differing = [...first.files].filter(([path, text]) => second.files.get(path) !== text);
    expect(differing.map(([path]) => path)).toEqual([]);
  });

  it('hold no path of this machine', async () => {
    const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
    const { files } = await renderDocs({ schemas: await set() });
    expect([...files].filter(([, text]) => text.includes(root)).map(([path]) => path)).toEqual([]);
    expect(readFileSync(`${CONTENT}llms.txt`, 'utf8')).not.toContain(root);
  });
});
