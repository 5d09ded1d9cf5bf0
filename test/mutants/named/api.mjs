/**
 * @param {string} file - in `client/api/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/client/api/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `api: ${name}`,
  file: `packages/runtime/src/client/api/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/client/api/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const api = [
  mutant(
    'fill',
    'a random id that is always the same',
    'randomLong(context.random(8), 0)',
    '1n',
    'hostile',
  ),
  mutant(
    'fill',
    'one random id for all messages',
    'randomLong(bytes, i * 8)',
    'randomLong(bytes, 0)',
    'hostile',
  ),
  mutant(
    'fill',
    'one random id too few',
    'return items.map((_, i)',
    'return items.slice(1).map((_, i)',
    'hostile',
  ),
  mutant(
    'marked-up',
    'parseMode beside entities',
    "if (has(rest, 'entities')) {",
    "if (has(rest, '')) {",
    'overlay',
    'text',
    'behaviour',
  ),
  mutant(
    'aliases',
    'an alias goes before the parameter itself',
    'if (!isOwn(name)) aliases',
    'aliases',
    'overlay',
    'parameters',
  ),
  mutant(
    'aliases',
    'two names of one parameter',
    'if (other !== undefined) {',
    'if (other === key) {',
    'hostile',
  ),
  mutant(
    'aliases',
    'aliases let __proto__ in',
    'const own = Object.create(null) as Record<string, unknown>;',
    'const own: Record<string, unknown> = {};',
    'overlay',
    'parameters',
    'hostile',
  ),
  mutant(
    'conversion',
    'fields inherited from a polluted prototype',
    'Object.setPrototypeOf(Init.prototype, null);',
    '',
    'hostile',
    'behaviour',
    'parameters',
  ),
  mutant(
    'conversion',
    'an unknown parameter ignored',
    'this.unknown(plan, key, others);',
    'continue;',
    'parameters',
  ),
  mutant(
    'conversion',
    'null sent as a value',
    'if (value === undefined || (value === null && !takesNull(field, plan))) continue;',
    'if (value === undefined) continue;',
    'parameters',
  ),
  mutant(
    'scalar',
    'a long from a number that is not exact',
    'Number.isSafeInteger(value)) return BigInt(value)',
    'Number.isInteger(value)) return BigInt(value)',
    'parameters',
  ),
  mutant(
    'scalar',
    'a long of more than 64 bits cut',
    'BigInt.asIntN(64, made) === made ? made : undefined',
    'BigInt.asIntN(64, made)',
    'parameters',
  ),
  mutant(
    'calls',
    'a call passes those of its queue',
    'this.turns.isBusy(queue)',
    'queue === null',
    'behaviour',
  ),
  mutant(
    'calls',
    'a look-up cannot be given up',
    'await orAbort(ready, both);',
    'await ready;',
    'behaviour',
  ),
];
