import { describe, expect, it } from 'vitest';
import * as tlgen from '../../../../generator/src/index.js';
import { SMALL } from '../cli/run-cli.js';

describe('the programmatic API', () => {
  it('parses, generates, compares, slices, verifies, prints', async () => {
    const { schema, diagnostics } = tlgen.parseSchema(SMALL, { file: 'small.tl' });
    expect(diagnostics).toEqual([]);
    const { files } = await tlgen.generate({ schema, name: 'small', compile: false });
    expect(files.get('src/generated/users.ts')).toContain('class GetUserRequest');
    const printed = tlgen.parseSchema(tlgen.printSchema(schema.tree)).schema;
    const { constructors, methods } = tlgen.diffSchemas(schema, printed);
    expect([constructors, methods]).toEqual(Array(2).fill({ added: [], removed: [], changed: [] }));
    expect(tlgen.sliceSchema(schema, ['users.getUser']).methods).toHaveLength(1);
    expect(tlgen.verifyIds(schema).mismatched).toHaveLength(5);
    expect(tlgen.liveRegistry(schema).named('point')?.id).toBe(0x12);
  });

  it('offers nothing that it does not mean to', () => {
    expect(Object.keys(tlgen).sort()).toMatchInlineSnapshot(`
      [
        "InputError",
        "SchemaError",
        "UnknownNameError",
        "UsageError",
        "defineConfig",
        "diffSchemas",
        "formatDiagnostic",
        "formatDiffMarkdown",
        "formatDiffShort",
        "formatDiffText",
        "generate",
        "liveRegistry",
        "mergeSchemas",
        "parseSchema",
        "printSchema",
        "renderDocs",
        "sliceSchema",
        "toTlJson",
        "verifyIds",
        "writeOutput",
      ]
    `);
  });
});
