import { fromHex, toHex } from '../crypto/bytes.js';
import type { DataCenterAddress } from './types.js';

/** Length of a secret that obfuscation takes, bytes. */
export const SECRET_SIZE = 16;

/** Addresses as JSON: secrets as hex. */
export function writeAddresses(addresses: readonly DataCenterAddress[], expires: number): object {
  return {
    v: 1,
    expires,
    addresses: addresses.map(({ secret, ...rest }) => ({
      ...rest,
      ...(secret && { secret: toHex(secret) }),
    })),
  };
}

/** Reads what {@link writeAddresses} wrote. What is not an address is left out: it can be fetched again. */
export function readAddresses(json: Record<string, unknown>): {
  readonly addresses: DataCenterAddress[];
  readonly expires: number;
} {
  const { v, expires, addresses } = json;
  if (v !== 1 || !Array.isArray(addresses)) return { addresses: [], expires: 0 };
  return {
    addresses: addresses.flatMap((item: unknown) => readAddress(item) ?? []),
    expires: typeof expires === 'number' ? expires : 0,
  };
}

function readAddress(item: unknown): DataCenterAddress | null {
  if (typeof item !== 'object' || item === null) return null;
  const { id, host, port, secret, ...flags } = item as Record<string, unknown>;
  if (!Number.isInteger(id) || typeof host !== 'string' || !isPort(port)) return null;
  const hex = typeof secret === 'string' && /^[0-9a-f]+$/.test(secret) ? secret : null;
  if (secret !== undefined && hex?.length !== 2 * SECRET_SIZE) return null;
  return {
    id: Number(id),
    host,
    port,
    ipv6: flags['ipv6'] === true,
    mediaOnly: flags['mediaOnly'] === true,
    cdn: flags['cdn'] === true,
    obfuscatedOnly: flags['obfuscatedOnly'] === true,
    ...(hex !== null && { secret: fromHex(hex) }),
  };
}

/** Whether it is a TCP port. */
export function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 65_536;
}
