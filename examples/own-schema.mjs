// @ts-check
// tlgen as a library: reads a schema, uses it at once, compares, makes a package. Runs offline.
import { decode, encode, fromJson, toJson } from '@tlgen/codec';
import {
  diffSchemas,
  formatDiagnostic,
  formatDiffShort,
  formatDiffText,
  generate,
  liveRegistry,
  parseSchema,
} from 'tlgen';

// docs: parse
const text = `
// LAYER 1
note flags:# pinned:flags.0?true id:long text:string due:flags.1?int = Note;
noteDeleted id:long = Note;
---functions---
notes.get limit:int = Vector<Note>;
`;
const { schema, diagnostics } = parseSchema(text, { file: 'notes.tl' });
console.log(diagnostics.length, 'problems;', schema.constructors.length, 'constructors');
// docs: end

// docs: live
// Classes made at once, without a package: the same bytes as generated code, only slower.
const registry = liveRegistry(schema);
const bytes = encode(fromJson({ _: 'note', pinned: true, id: '1', text: 'milk' }, registry));
console.log(bytes.length, 'bytes:', JSON.stringify(toJson(decode(bytes, registry))));
// docs: end

// docs: diagnostics
const broken = parseSchema('pin note:Noet = Bool;', { file: 'broken.tl' });
for (const diagnostic of broken.diagnostics) {
  console.log(formatDiagnostic(diagnostic, 'pin note:Noet = Bool;'));
}
// docs: end

// docs: diff
const next = parseSchema(text.replace('LAYER 1', 'LAYER 2').replace('text:string', '$& color:int'));
const diff = diffSchemas(schema, next.schema);
console.log(formatDiffText(diff));
console.log(formatDiffShort(diff));
// docs: end

// docs: generate
const { files, stats } = await generate({ schema, name: 'my-notes', compile: false });
console.log([...files.keys()].join(' '));
console.log(stats);
// docs: end
