import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { portableCrypto } from '../../../../../packages/runtime/src/crypto/provider/portable.js';
import type { CryptoProvider } from '../../../../../packages/runtime/src/crypto/provider/types.js';

export type { CryptoProvider };
export { nodeCrypto, portableCrypto };

/** Rows for `describe.each('%s', …)`: every test of this folder runs on both. */
export const PROVIDERS: readonly [string, CryptoProvider][] = [
  ['node', nodeCrypto],
  ['portable', portableCrypto],
];

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

export const number = (bytes: Uint8Array): bigint => BigInt(`0x0${hex(bytes)}`);
export const bytesOf = (value: bigint, size = 0): Uint8Array => {
  const digits = value.toString(16);
  return unhex(digits.padStart(Math.max(size * 2, digits.length + (digits.length % 2)), '0'));
};

/** The safe prime of 2048 bits that Telegram's servers send. */
export const TELEGRAM_PRIME = unhex(
  'c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f' +
    '48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37' +
    '20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64' +
    '2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4' +
    'a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754' +
    'fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4' +
    'e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f' +
    '0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b',
);
