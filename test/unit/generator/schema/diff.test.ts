import { describe, expect, it } from 'vitest';
import { diffSchemas } from '../../../../generator/src/schema/diff.js';
import {
  formatDiffMarkdown,
  formatDiffText,
} from '../../../../generator/src/schema/diff-format.js';
import { parseSchema } from '../../../../generator/src/schema/parse-schema.js';

const schema = (text: string, file = 'x.tl') => parseSchema(text, { file }).schema;
const changes = (before: string, after: string) =>
  diffSchemas(schema(`${before} = A;`), schema(`${after} = A;`))
    .constructors.changed.flatMap((one) => one.changes)
    .map(({ kind, field, breaking }) => [kind, field, breaking]);

describe('diff', () => {
  it.each([
    ['a#1 x:int', 'a#1 x:int', []],
    ['a#1 x:int', 'a#2 x:int', [['renumbered', null, false]]],
    ['a#1 x:int', 'a#1 x:int y:int', [['field-added', 'y', true]]],
    ['a#1 f:# x:int', 'a#1 f:# x:int y:f.0?int', [['field-added', 'y', false]]],
    ['a#1 x:int', 'a#1 flags:# x:int', [['field-added', 'flags', false]]],
    ['a#1 x:int y:int', 'a#1 x:int', [['field-removed', 'y', true]]],
    ['a#1 x:int', 'a#1 x:long', [['field-retyped', 'x', true]]],
    ['a#1 x:int', 'a#1 z:int', [['field-renamed', 'x', true]]],
    ['a#1 x:int y:long', 'a#1 y:long x:int', [['fields-reordered', null, false]]],
    ['a#1 f:# x:f.1?int', 'a#1 f:# x:f.2?int', [['flag-moved', 'x', false]]],
    ['a#1 f:# x:int', 'a#1 f:# x:f.2?int', [['became-optional', 'x', true]]],
    ['a#1 f:# x:f.2?int', 'a#1 f:# x:int', [['became-required', 'x', true]]],
  ])('%s -> %s', (before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  const before = schema(`// LAYER 1
a#1 x:int = A; gone#2 = A;
---functions---
f#3 x:int = A; g#4 = A;`);
  const after = schema(`// LAYER 2
a#5 x:int flags:# y:flags.0?string = A; fresh#6 = B;
---functions---
f#3 x:int = Vector<A>; h#7 {X:Type} q:!X = X;`);

  it('is plain JSON with layers of both', () => {
    const diff = diffSchemas(before, after);
    expect(JSON.parse(JSON.stringify(diff))).toEqual(diff);
    expect(diff).toMatchObject({ from: { layer: 1 }, to: { layer: 2 }, breaking: true });
    expect(diff.types).toEqual({
      added: ['B'],
      removed: [],
      changed: [{ name: 'A', added: [], removed: ['gone'], breaking: true }],
    });
  });

  it('reads well as text', () => {
    expect(formatDiffText(diffSchemas(before, after)))
      .toBe(`layer 1 → layer 2: methods +1 −1 ~1, constructors +1 −1 ~1, types +1 −0; breaking

Methods
+ h#7 {X:Type} q:!X = X
- g#4 = A !
~ f
    result changed from A to Vector<A> !

Constructors
+ fresh#6 = B
- gone#2 = A !
~ a
    id changed from #00000001 to #00000005
    flags added: #
    y added: flags.0?string

Types
+ B
~ A: −gone !
`);
  });

  it('reads well as Markdown', () => {
    const text = formatDiffMarkdown(diffSchemas(before, after));
    expect(text).toContain('# layer 1 → layer 2\n');
    expect(text).toContain('### Added\n\n```tl\nh#7 {X:Type} q:!X = X;\n```');
    expect(text).toContain('  - result changed from `A` to `Vector<A>` — **breaking**');
  });

  it('says so when there is nothing to say', () => {
    const diff = diffSchemas(before, before);
    expect(diff.breaking).toBe(false);
    expect(formatDiffText(diff)).toContain('no differences');
  });
});
