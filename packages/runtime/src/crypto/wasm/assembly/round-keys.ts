import { DECRYPT_TABLES, KEY, LAST_ROUND_KEY, ROUND_KEYS, SBOX } from './layout';

// @inline
function substituteWord(w: u32): u32 {
  return (
    (<u32>load<u8>(w & 0xff, SBOX)) |
    ((<u32>load<u8>((w >> 8) & 0xff, SBOX)) << 8) |
    ((<u32>load<u8>((w >> 16) & 0xff, SBOX)) << 16) |
    ((<u32>load<u8>(w >> 24, SBOX)) << 24)
  );
}

/** Expands KEY into ROUND_KEYS (FIPS 197, §5.2). */
function expandKey(): void {
  memory.copy(ROUND_KEYS, KEY, 32);
  let constant: u32 = 1;
  for (let at: i32 = ROUND_KEYS + 32; at < LAST_ROUND_KEY + 16; at += 32) {
    let w: u32 = load<u32>(at - 32) ^ substituteWord(rotr<u32>(load<u32>(at - 4), 8)) ^ constant;
    constant <<= 1;
    store<u32>(at, w);
    store<u32>(at + 4, (w ^= load<u32>(at - 28)));
    store<u32>(at + 8, (w ^= load<u32>(at - 24)));
    store<u32>(at + 12, (w ^= load<u32>(at - 20)));
    if (at == LAST_ROUND_KEY) break;
    store<u32>(at + 16, (w = substituteWord(w) ^ load<u32>(at - 16)));
    store<u32>(at + 20, (w ^= load<u32>(at - 12)));
    store<u32>(at + 24, (w ^= load<u32>(at - 8)));
    store<u32>(at + 28, (w ^= load<u32>(at - 4)));
  }
}

/** Rotates round keys as the words of the cipher are between the rounds; the last one is used after them. */
function rotateKeys(end: i32): void {
  for (let at = ROUND_KEYS; at < end; at += 4) store<u32>(at, rotl<u32>(load<u32>(at), 2));
}

/** Expands KEY for encryption. */
export function expandEncryptKey(): void {
  expandKey();
  rotateKeys(LAST_ROUND_KEY);
}

/** Expands KEY for the equivalent inverse cipher (FIPS 197, §5.3.5): round keys in the order of use. */
export function expandDecryptKey(): void {
  expandKey();
  let low = ROUND_KEYS;
  let high = LAST_ROUND_KEY;
  while (low < high) {
    for (let i = 0; i < 16; i += 4) {
      const w = load<u32>(low + i);
      store<u32>(low + i, load<u32>(high + i));
      store<u32>(high + i, w);
    }
    low += 16;
    high -= 16;
  }
  for (let at = ROUND_KEYS + 16; at < LAST_ROUND_KEY; at += 4) {
    // Looking up S(b) in the inverse tables multiplies b by InvMixColumns (and rotates the word).
    const w = substituteWord(load<u32>(at));
    store<u32>(
      at,
      load<u32>((w & 0xff) << 2, DECRYPT_TABLES) ^
        load<u32>(((w >> 8) & 0xff) << 2, DECRYPT_TABLES + 1024) ^
        load<u32>(((w >> 16) & 0xff) << 2, DECRYPT_TABLES + 2048) ^
        load<u32>((w >> 24) << 2, DECRYPT_TABLES + 3072),
    );
  }
  rotateKeys(ROUND_KEYS + 16);
}
