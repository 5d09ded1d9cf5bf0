/**
 * @param {string} file - in `files/download/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/files/download/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `files/download: ${name}`,
  file: `packages/runtime/src/files/download/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/files/download/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const filesDownload = [
  mutant('decrypt', 'the fingerprint of the key is not compared', 'if (fingerprint !== undefined && ', 'if (false && ', 'encrypted'),
  mutant('decrypt', 'padding is given out', 'Math.min(bytes.length, range.end - position)', 'bytes.length', 'encrypted'),
  mutant('decrypt', 'a tail that is too short', ' || known < BLOCK', '', 'encrypted'),
  mutant('decrypt', 'the wrong block of a tail', 'tail.slice(known - BLOCK, known)', 'tail.slice(-BLOCK)', 'encrypted'),
  mutant('download-parts', 'bytes are asked for before the key is checked', 'if (file.encryption) checkEncrypted(file);', '', 'encrypted'),
  mutant('download-parts', 'an encrypted file of unknown size', 'if (size !== undefined) return;', 'return;', 'encrypted'),
  mutant('download-parts', 'leaving lets the server go on', 'cancel: () => lifetime.end(),', 'cancel: () => undefined,', 'ending'),
  mutant('download-parts', 'bytes come after the signal', 'lifetime.signal.throwIfAborted();', '', 'ending'),
  mutant('file-size', 'more bytes than were asked for', 'if (got > limit) ', 'if (false) ', 'faults'),
  mutant('file-size', 'a file longer than it is', 'if (got > left) ', 'if (false) ', 'faults'),
  mutant('part-fetcher', 'short parts are asked for on and on', 'SHORT_TRIES = 3', 'SHORT_TRIES = 30', 'faults'),
  mutant('part-fetcher', 'the data center of a fresh reference is not gone to', 'if (dc !== undefined && dc !== file.dc)', 'if (false && dc)', 'faults'),
  mutant('part-fetcher', 'web files beyond 2 GiB', 'if (offset + limit > MAX_WEB_OFFSET) {', 'if (false) {', 'ranges'),
  mutant('part-fetcher', 'redirects without end', 'MAX_REDIRECTS = 4', 'MAX_REDIRECTS = 40', 'cdn'),
  mutant('part-fetcher', 'CDN asked for, though given up', 'this.redirects < MAX_REDIRECTS,', 'true,', 'cdn'),
  mutant('part-fetcher', 'a CDN out of reach ends the download', ' || error instanceof DataCenterError', '', 'cdn'),
  mutant('file-server', 'every part is asked for at the wrong data center first', '(dc: number): void => this.moved(dc)', '(): void => undefined', 'faults'),
  mutant('current-file', 'each part refreshes the reference', 'this.renewing ??= this.refresh', 'this.renewing = this.refresh', 'faults'),
  mutant('current-file', 'a fourth refresh', 'MAX_RENEWALS = 3', 'MAX_RENEWALS = 4', 'faults'),
  mutant('current-file', 'parts of another file', 'fresh.identity !== stale.identity || ', '', 'faults'),
  mutant('current-file', 'FILEREF_UPGRADE_NEEDED ends the download', " || error.code === 'FILEREF_UPGRADE_NEEDED'", '', 'faults'),
  mutant('in-order', 'one part more under way', 'window.length < width', 'window.length <= width', 'ending'),
  mutant('in-order', 'a window beyond the end of a file of unknown size', 'endless ? 1 : parallel', 'parallel', 'ending'),
  mutant('in-order', 'ends while calls are under way', 'await Promise.all(window.map(({ outcome }) => outcome));', '', 'ending'),
  mutant('in-order', 'goes on after the end of a file of unknown size', 'if (short) return;', '', 'ranges'),
  mutant('range', 'an end past the file', 'Math.min(end ?? last, last)', 'end ?? last', 'ranges'),
  mutant('range', 'a start past the file', 'if (start > last) {', 'if (false) {', 'ranges'),
  mutant('plan', 'offsets that the server refuses', 'FINE = 1024', 'FINE = 512', 'properties'),
  mutant('plan', 'a request across 1 MiB', 'return crosses ? ', 'return false ? ', 'properties'),
  mutant('cdn/cdn-download', 'hashes are not compared', 'return equalBytes(this.context.crypto.sha256(content), hash);', 'return content.length >= hash.length * 0;', 'cdn'),
  mutant('cdn/cdn-download', 'wrong bytes are asked for again and again', 'HASH_TRIES = 2', 'HASH_TRIES = 3', 'cdn'),
  mutant('cdn/cdn-download', 'a CDN that loses the file gets it for ever', 'MAX_REUPLOADS = 3', 'MAX_REUPLOADS = 30', 'cdn'),
  mutant('cdn/cdn-download', 'each part uploads the file to the CDN', 'this.reuploading ??=', 'this.reuploading =', 'cdn'),
  mutant('cdn/cdn-download', 'who hears late uploads once more', 'if (uploads !== this.uploads) continue;', '', 'cdn'),
  mutant('cdn/cdn-download', 'hashes from the CDN itself', 'await this.server.invoke(request);\n    return', 'await this.server.invokeAt(this.redirect.dcId, request);\n    return', 'cdn'),
  mutant('cdn/cdn-download', 'a gap among hashes is searched for ever', 'MAX_ANSWERS = 256', 'MAX_ANSWERS = 1e6', 'cdn'),
  mutant('cdn/redirect', 'one counter for all parts', 'setUint32(12, offset / 16)', 'setUint32(12, 0)', 'hash-table'),
  mutant('cdn/redirect', 'keys of any length', 'if (encryptionKey.length !== 32 || encryptionIv.length !== 16) {', 'if (false) {', 'cdn'),
  mutant('cdn/redirect', 'any data center', 'dcId < 1 || dcId > MAX_DC || ', '', 'cdn'),
  mutant('cdn/hash-table', 'blocks that overlap', 'if (before && before.end > block.offset) ', 'if (false) ', 'cdn'),
  mutant('cdn/hash-table', 'a second hash for a block', 'if (equalBytes(before.hash, block.hash)) return;', 'return;', 'cdn'),
  mutant('cdn/hash-table', 'blocks of any size', 'if (limit < 1 || limit > MAX_BLOCK) ', 'if (false) ', 'cdn'),
  mutant('cdn/hash-table', 'all hashes of a file are kept', 'if (block.end >= this.low && block.offset < this.low + AHEAD) ', '', 'hash-table'),
];
