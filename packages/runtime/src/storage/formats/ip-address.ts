import { demand } from './byte-reader.js';

/** 4 or 16 bytes as text. What no server has (0.x, unassigned parts of IPv6) is not that format. */
export function ipOf(bytes: Uint8Array): string {
  if (bytes.length === 4) {
    demand(bytes[0] ?? 0, (first) => first > 0 && first < 224);
    return bytes.join('.');
  }
  // Global unicast: 2000::/3.
  demand(bytes[0] ?? 0, (first) => first >> 5 === 1);
  const words = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return words.join(':');
}

/** The bytes of an IP address; null for a host name. */
export function ipBytes(host: string): Uint8Array | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) {
    const parts = host.split('.').map(Number);
    return parts.every((part) => part < 256) ? Uint8Array.from(parts) : null;
  }
  return host.includes(':') ? ipv6Bytes(host) : null;
}

function ipv6Bytes(host: string): Uint8Array | null {
  const [head = '', tail, ...more] = host.split('::');
  if (more.length > 0) return null;
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = 8 - before.length - after.length;
  if (tail === undefined ? gap !== 0 : gap < 1) return null;
  const words = [...before, ...Array.from({ length: gap }, () => '0'), ...after];
  if (!words.every((word) => /^[\da-f]{1,4}$/i.test(word))) return null;
  return Uint8Array.from(
    words.flatMap((word) => [parseInt(word, 16) >> 8, parseInt(word, 16) & 255]),
  );
}

/** Addresses of Telegram's data centers, for formats that demand one. */
const MAIN = [
  '149.154.175.53',
  '149.154.167.51',
  '149.154.175.100',
  '149.154.167.91',
  '91.108.56.130',
];
const TEST = ['149.154.175.10', '149.154.167.40', '149.154.175.117'];

/** Where Telegram's data center of that id is; undefined for one it doesn't have. */
export function telegramAddress(
  dcId: number,
  testMode: boolean,
): { readonly host: string; readonly port: number } | undefined {
  const host = (testMode ? TEST : MAIN)[dcId - 1];
  return host === undefined ? undefined : { host, port: 443 };
}
