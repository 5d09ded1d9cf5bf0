import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from './imports.js';

/**
 * The tests that a client of MTProto owes its users, by the names under which they are looked for. Each name has to
 * begin the title of at least one test.
 */
const CATALOGUE: Readonly<Record<string, readonly string[]>> = {
  'crypto primitives': [
    'ige/vectors-and-random-split',
    'kdf/v1-v2-vectors',
    'authkey/id-aux-hash',
    'pq/table',
    'rsa/fingerprints',
    'rsa/pad-fixed-random',
    'srp/vectors',
    'bigint/leading-zeros',
    'random/source',
  ],
  'Diffie–Hellman and key exchange': [
    'dh/prime-size',
    'dh/prime-not-prime',
    'dh/prime-not-safe',
    'dh/g-table',
    'dh/known-prime-cache',
    'dh/range',
    'exchange/byte-exact',
    'exchange/nonce-matrix',
    'exchange/inner-sha1',
    'exchange/new-nonce-hash-1-2-3',
    'exchange/dh-gen-retry',
    'exchange/unknown-fingerprint',
    'exchange/timeouts-and-resume',
    'exchange/unexpected-encrypted',
    'exchange/time-sync',
    'exchange/temp-key',
    'exchange/fuzz',
  ],
  'encrypted messages': [
    'msg/vectors',
    'msg/key-id',
    'msg/msg-key-flip',
    'msg/msg-key-constant-time',
    'msg/length',
    'msg/padding-12-1024',
    'msg/session-id',
    'msg/id-parity',
    'msg/id-time-window',
    'msg/replay-any-id',
    'msg/replay-too-old',
    'msg/replay-inside-container',
    'msg/id-generator',
    'msg/seqno',
    'msg/container-limits',
    'msg/fuzz-handle',
  ],
  'session and calls': [
    'rpc/ack-then-result',
    'rpc/result-for-container',
    'rpc/bad-msg-codes',
    'rpc/bad-server-salt',
    'rpc/future-salts',
    'rpc/new-session-created',
    'rpc/acks',
    'rpc/detailed-info',
    'rpc/close-not-acked-vs-acked',
    'rpc/drop-answer',
    'rpc/flood-wait',
    'rpc/invoke-after',
    'conn/half-open',
    'conn/close-leaves-nothing',
    'conn/reconnect-backoff',
    'pfs/bind',
    'dc/parallel-import',
    'session/persist-crash',
    'auth/key-duplicated',
  ],
  transports: [
    'codec/split-at-every-byte',
    'codec/limits',
    'obfuscated/init',
    'faketls/hello',
    'ws-http/behaviour',
    'socks/http-proxy',
  ],
  'encrypted files': ['sec/file'],
  'the whole library': [
    'interop/td-vectors',
    'leak/24h-simulated',
    'api/no-throw-on-remote',
    'security-guidelines/coverage',
  ],
};

/** Entries that are not tests here, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'perf/alloc-budget':
    'A limit on time or allocations in a test fails on a busy machine; npm run bench measures both instead.',
};

const titles = readdirSync(`${root}test`, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
  .flatMap((file) => {
    const text = readFileSync(`${root}test/${file}`, 'utf8');
    return [...text.matchAll(/\b(?:it|describe|test)\b[^'"`\n]*\(\s*(['"`])(.+?)\1/g)].map(
      ([, , title = '']) => title,
    );
  });

describe('the catalogue of tests', () => {
  it.each(Object.entries(CATALOGUE))('%s: every entry has its test', (_, names) => {
    const missing = names.filter(
      (name) =>
        !titles.some((title) => title === name || new RegExp(`(^|[ ,;])${name}\\b`).test(title)),
    );
    expect(missing).toEqual([]);
  });

  it('leaves nothing out without a reason', () => {
    for (const reason of Object.values(LEFT_OUT)) expect(reason).toMatch(/\w \w.*\.$/);
    const all = Object.values(CATALOGUE).flat();
    expect(all.length + Object.keys(LEFT_OUT).length).toBe(73);
    expect(new Set(all).size).toBe(all.length);
  });
});
