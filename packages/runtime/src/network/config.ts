import type { base } from '@tlgen/telegram';
import type { CryptoProvider } from '../crypto/provider/types.js';
import { parseRsaKey, type RsaKey } from '../crypto/rsa-key.js';
import type { DataCenterAddress } from './types.js';
import { isPort, SECRET_SIZE } from './stored-addresses.js';

/** More than that is no list of data centers. */
const MAX_ADDRESSES = 1000;
/** More than that is no list of keys. */
const MAX_KEYS = 100;

/** The addresses that `help.getConfig` tells. Those with ports, ids or secrets that cannot be are left out. */
export function addressesOf(config: base.TypeConfig): DataCenterAddress[] {
  return config.dcOptions.slice(0, MAX_ADDRESSES).flatMap((option) => {
    if (!isPort(option.port) || option.id <= 0 || option.ipAddress === '') return [];
    const { secret } = option;
    if (secret && secret.length < SECRET_SIZE) return [];
    return [
      {
        id: option.id,
        host: option.ipAddress,
        port: option.port,
        ipv6: option.ipv6,
        mediaOnly: option.mediaOnly,
        cdn: option.cdn,
        obfuscatedOnly: option.tcpoOnly,
        // Longer ones also say how to obfuscate, which is for proxies only.
        ...(secret && { secret: secret.slice(-SECRET_SIZE) }),
      },
    ];
  });
}

/** The public keys that `help.getCdnConfig` tells, by data center. What is no key is left out: another may fit. */
export function cdnKeysOf(
  config: base.TypeCdnConfig,
  crypto: CryptoProvider,
): ReadonlyMap<number, readonly RsaKey[]> {
  const keys = new Map<number, RsaKey[]>();
  for (const { dcId, publicKey } of config.publicKeys.slice(0, MAX_KEYS)) {
    try {
      const key = parseRsaKey(crypto, publicKey);
      keys.set(dcId, [...(keys.get(dcId) ?? []), key]);
    } catch {
      continue;
    }
  }
  return keys;
}
