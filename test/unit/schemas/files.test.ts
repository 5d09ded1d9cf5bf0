import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../generator/src/schema/parse-schema.js';
import { idText, isProven, readLines } from '../../../schemas/rebuild/line.mjs';
import { schemaSum } from '../../../schemas/rebuild/manifest.mjs';
import { schemasFolder } from '../../../schemas/rebuild/packages.mjs';

interface Manifest {
  schemas: Record<string, { files: string[]; layer: number | null; sha256: string; docs: unknown }>;
  idExceptions: Record<string, Record<string, string>>;
}
type Docs = Record<
  'constructors' | 'methods' | 'types',
  Record<string, { description: string; fields?: Record<string, string> }>
>;

const read = (file: string) => readFileSync(join(schemasFolder, file), 'utf8');
const manifest = JSON.parse(read('manifest.json')) as Manifest;
const schemas = Object.entries(manifest.schemas);
const parse = (file: string) => parseSchema(read(file), { file });

describe.each(schemas)('schema %s', (name, schema) => {
  const [file] = schema.files as [string];

  it('has the sum the manifest says (node schemas/rebuild/manifest.mjs)', () => {
    expect(schemaSum(schema.files)).toBe(schema.sha256);
  });

  it('parses without errors, in its layer', () => {
    const { schema: parsed, diagnostics } = parse(file);
    expect(diagnostics.filter((diagnostic) => diagnostic.severity === 'error')).toEqual([]);
    expect(parsed.layer ?? parsed.layers.at(-1) ?? null).toBe(schema.layer);
  });

  it('has ids that fit their lines, but for the listed ones', () => {
    const { schema: parsed } = parse(file);
    const all = [...parsed.constructors, ...parsed.methods];
    const unproven = all.filter((line) => line.id !== line.computedId);
    expect(unproven.map((line) => `${line.name}#${idText(line.id)}`).sort()).toEqual(
      Object.keys(manifest.idExceptions[name]!).sort(),
    );
    expect(all.every((line) => line.explicitId)).toBe(true);
  });

  it('loses no line on the way through the parser', () => {
    const { schema: parsed } = parse(file);
    expect(parsed.tree.combinators.length).toBe(readLines(read(file)).length);
  });
});

it('holds the newest layer and all layers of secret chats', () => {
  const telegram = parse('telegram/api.tl').schema;
  expect(telegram.layer).toBe(229);
  // The file has four lines more: Bool's two, True and Vector are built in.
  expect(telegram.constructors.length).toBe(1654);
  expect(telegram.methods.length).toBe(813);
  expect(readLines(read('telegram/api.tl')).every(isProven)).toBe(true);
  expect(parse('secret/secret.tl').schema.layers).toEqual([
    8, 17, 20, 23, 45, 46, 66, 73, 101, 143, 144,
  ]);
});

describe.each(schemas.filter(([, schema]) => typeof schema.docs === 'string'))(
  'docs of %s',
  (_, schema) => {
    const docs = JSON.parse(read(schema.docs as string)) as Docs;
    const lines = readLines(read(schema.files[0]!));
    const tables = { constructor: docs.constructors, method: docs.methods };

    it('describe every constructor, method and field, and nothing else', () => {
      const missing: string[] = [];
      for (const { kind, name, fields } of lines) {
        const page = tables[kind][name];
        if (!page?.description) missing.push(name);
        for (const field of fields) {
          const word = field.slice(0, field.indexOf(':'));
          if (!page?.fields?.[word]) missing.push(`${name}.${word}`);
        }
      }
      expect(missing).toEqual([]);
      const names = new Set(lines.map(({ name }) => name));
      const written = [...Object.keys(docs.constructors), ...Object.keys(docs.methods)];
      expect(written.filter((name) => !names.has(name))).toEqual([]);
    });

    it('describe every type', () => {
      const types = new Set(
        lines.filter(({ kind }) => kind === 'constructor').map(({ result }) => result),
      );
      expect(Object.keys(docs.types).sort()).toEqual([...types].sort());
    });
  },
);
