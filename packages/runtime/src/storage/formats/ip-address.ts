import { demand } from './byte-reader.js';

/** 4 or 16 bytes as text. What no server has (0.x, multicast, unassigned parts of IPv6) is not that format. */
export function ipOf(bytes: Uint8Array): string {
  demand(bytes, isUsable);
  if (bytes.length === 4) return bytes.join('.');
  const words = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return words.join(':');
}

/**
 * Whether a server can have it: unicast IPv4, and IPv6 of 2000::/3, fc00::/7 and fe80::/10. That none of them begins
 * with a zero byte is what tells Telethon's strings from GramJS's of the same length.
 */
function isUsable(ip: Uint8Array): boolean {
  const [first = 0, second = 0] = ip;
  if (ip.length === 4) return first > 0 && first < 224;
  return first >> 5 === 1 || first >> 1 === 0x7e || (first === 0xfe && second >> 6 === 2);
}

/** The bytes of an IP address that a server can have; null for others, and for host names. */
export function ipBytes(host: string): Uint8Array | null {
  const bytes = host.includes(':') ? ipv6Bytes(host) : ipv4Bytes(host);
  return bytes && isUsable(bytes) ? bytes : null;
}

function ipv4Bytes(host: string): Uint8Array | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) return null;
  const parts = host.split('.').map(Number);
  return parts.every((part) => part < 256) ? Uint8Array.from(parts) : null;
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
const TEST_IPV6 = ['2001:b28:f23d:f001::e', '2001:67c:4e8:f002::e', '2001:b28:f23d:f003::e'];

const TEST_KEYS = new Set([...TEST, ...TEST_IPV6].map((host) => String(ipBytes(host))));

/** Whether it is the address of one of Telegram's servers for tests: some formats don't say it in another way. */
export function isTestAddress(host: string): boolean {
  const ip = ipBytes(host);
  return ip !== null && TEST_KEYS.has(String(ip));
}

/** Where Telegram's data center of that id is; undefined for one it doesn't have. */
export function telegramAddress(
  dcId: number,
  testMode: boolean,
): { readonly host: string; readonly port: number } | undefined {
  const host = (testMode ? TEST : MAIN)[dcId - 1];
  return host === undefined ? undefined : { host, port: 443 };
}
