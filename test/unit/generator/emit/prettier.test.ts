import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { PRETTIER_OPTIONS } from '../../../../generator/src/format/format-sources.js';
import { OWN_NAMES } from '../../../support/schemas.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folders = [
  ...OWN_NAMES.map((name) => `packages/${name}/src/generated`),
  'test/golden/files/features',
  'test/golden/files/layers',
];

describe.each(folders)('prettier over %s', (folder) => {
  it('changes nothing', async () => {
    const files = readdirSync(join(root, folder), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const text = readFileSync(join(root, folder, file), 'utf8');
      expect(await format(text, PRETTIER_OPTIONS), file).toBe(text);
    }
  });
});
