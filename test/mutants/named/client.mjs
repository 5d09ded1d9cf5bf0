/**
 * @param {string} file - in `runtime/src/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/client/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `client: ${name}`,
  file: `packages/runtime/src/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/client/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const client = [
  mutant(
    'client/backbone',
    'updates are asked for all the same',
    'withoutUpdates || !this.current.updates.enabled',
    'withoutUpdates',
    'wiring',
  ),
  mutant(
    'client/backbone',
    'updates are handed on all the same',
    'if (home && this.current.updates.enabled) this.onUpdate',
    'if (home) this.onUpdate',
    'wiring',
  ),
  mutant(
    'client/backbone',
    'limits do not reach the sessions',
    '({ ...fixed, ...limitsOf(this.current) })',
    '({ ...fixed })',
    'wiring',
  ),
  mutant(
    'client/backbone',
    'settings that are refused half count',
    'const after = mergeSettings(before, changes);',
    'const after = (this.current = mergeSettings(before, changes));',
    'wiring',
  ),
  mutant(
    'client/from-settings',
    'settings of one data center ignored',
    'return { ...all, ...perDc[dc] };',
    'return { ...perDc[dc], ...all };',
    'wiring',
  ),
  mutant(
    'core/send',
    'noResponse waits for the answer',
    'if (!noResponse) return;',
    'return;',
    'wiring',
  ),
  mutant(
    'client/assembly',
    'saveInterval 0 does not wait',
    'return backbone.settings.saveInterval === 0 ? stored : undefined;',
    'void stored;\n    return undefined;',
    'wiring',
  ),
  mutant(
    'client/assembly',
    'what was learnt last is lost at close',
    'closing: () => this.store.flush()',
    'closing: () => Promise.resolve()',
    'wiring',
  ),
  mutant(
    'client/peer-owner',
    'the peers of another user stay',
    'if (owner !== undefined || userId === null) await this.forgetPeers();',
    '',
    'wiring',
  ),
  mutant(
    'client/send-text',
    'each piece is an answer',
    'first ? replyTo : undefined',
    'replyTo',
    'send-text',
  ),
  mutant(
    'client/send-text',
    'a keyboard below each piece',
    'const markup = last ? await',
    'const markup = first || last ? await',
    'send-text',
  ),
];
