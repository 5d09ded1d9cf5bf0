/**
 * @param {string} file - in `peers/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/peers/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `peers: ${name}`,
  file: `packages/runtime/src/peers/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/peers/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const peers = [
  mutant(
    'marked-id',
    'channel ids off by a power',
    '-1_000_000_000_000n',
    '-100_000_000_000n',
    'marked-id',
  ),
  mutant(
    'memory/sighting',
    'a min sighting takes the place of a full one',
    'if (told.min && !known.min) {',
    'if (told.min && !known.min && known.accessHash === null) {',
    'store',
  ),
  mutant(
    'memory/store',
    'a username that moves stays in the index of who had it',
    'changes.put(space, name, new TextEncoder().encode(String(marked)));',
    'if (before === null) changes.put(space, name, new TextEncoder().encode(String(marked)));',
    'store',
  ),
  mutant(
    'memory/store',
    'who lost a username keeps it',
    'if (loser) put(before, without(loser, space, name));',
    '',
    'store',
  ),
  mutant(
    'memory/store',
    'what could not be written is never written again',
    'for (const marked of changed.keys()) this.cache.delete(marked);',
    '',
    'store',
  ),
  mutant(
    'memory/store',
    'a damaged record ends the call',
    'if (!(error instanceof StorageError)) throw error;',
    'throw error;',
    'store',
  ),
  mutant(
    'memory/store',
    'forgets memory and not the storage',
    'if (changes.length > 0) await this.storage.commit(changes);',
    '',
    'store',
  ),
  mutant(
    'memory/store',
    'forgets the peers of the other world',
    'if (key.startsWith(`${this.options.world}:`)) changes',
    'changes',
    'store',
  ),
  mutant('peers', 'full answers outlive the account', 'this.fullInfo.forgetAll();', '', 'full'),
  mutant(
    'memory/lru',
    'the cache never lets go',
    'if (this.entries.size <= this.limit) return;',
    'if (this.limit > 0) return;',
    'lru',
  ),
  mutant(
    'memory/lru',
    'the cache lets go of what is in use',
    'this.entries.delete(key);\n    this.entries.set(key, value);\n    return value;',
    'return value;',
    'lru',
  ),
  mutant(
    'lookup/named-peers',
    'names are good for ever',
    'isWhole(peer) && this.context.now() - peer.seenAt < NAME_TTL',
    'isWhole(peer)',
    'resolve',
  ),
  mutant(
    'lookup/named-peers',
    'the same name is asked for twice at once',
    'if (!load || load.isGivenUp) {',
    'if (load !== null) {',
    'resolve',
  ),
  mutant(
    'lookup/shared-load',
    'one who gives up ends it for all',
    'if (--this.waiting === 0) this.controller.abort();',
    'this.controller.abort();',
    'resolve',
    'full',
  ),
  mutant(
    'lookup/resolve',
    'the hash of a min peer is used as a whole one',
    'if (accessHash !== null && !min) return',
    'if (accessHash !== null) return',
    'chain',
  ),
  mutant(
    'lookup/resolve',
    'a chain of messages without end',
    'MAX_CHAIN = 4;',
    'MAX_CHAIN = 40;',
    'chain',
  ),
  mutant(
    'lookup/located',
    'a channel goes for a user',
    "if (at.kind === 'chat' || type !== 'user')",
    "if (at.kind === 'chat')",
    'resolve',
  ),
  mutant(
    'lookup/located',
    'a user goes for a channel',
    "if (at.kind === 'chat' || type !== 'channel')",
    "if (at.kind === 'chat')",
    'resolve',
  ),
  mutant(
    'facts/full',
    'seconds of the cache are milliseconds',
    'context.settings.fullInfoTtl * 1000',
    'context.settings.fullInfoTtl',
    'full',
  ),
  mutant(
    'facts/full-cache',
    'who asks at the same time asks again',
    'under && !under.isGivenUp ? under : this.share(key, load)',
    'this.share(key, load)',
    'full',
  ),
  mutant(
    'facts/full-cache',
    'an answer of before it was forgotten is kept',
    'if (generation === this.generation) this.keep',
    'this.keep',
    'full',
  ),
];
