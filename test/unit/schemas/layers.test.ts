import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../generator/src/schema/parse-schema.js';
import { layerSources, layerText } from '../../../schemas/rebuild/layers.mjs';
import { idText } from '../../../schemas/rebuild/line.mjs';
import { schemasFolder } from '../../../schemas/rebuild/packages.mjs';

const { idExceptions } = JSON.parse(readFileSync(join(schemasFolder, 'manifest.json'), 'utf8')) as {
  idExceptions: { layers: Record<string, string> };
};

describe.each([...layerSources.keys()])('layer %i', (layer) => {
  const { schema, diagnostics } = parseSchema(layerText(layer), { file: `layer-${layer}.tl` });

  it('parses without errors', () => {
    expect(diagnostics.filter((diagnostic) => diagnostic.severity === 'error')).toEqual([]);
    expect(schema.layer).toBe(layer);
  });

  it('has ids that fit their lines, but for the listed ones', () => {
    const unproven = [...schema.constructors, ...schema.methods].filter(
      (line) => line.id !== line.computedId,
    );
    const names = unproven.map((line) => `${line.name}#${idText(line.id)}`);
    expect(names.filter((name) => !(name in idExceptions.layers))).toEqual([]);
  });

  it('has as many lines as such a layer has', () => {
    expect(schema.constructors.length).toBeGreaterThan(1390);
    expect(schema.constructors.length).toBeLessThan(1660);
    expect(schema.methods.length).toBeGreaterThan(680);
    expect(schema.methods.length).toBeLessThan(815);
  });
});
