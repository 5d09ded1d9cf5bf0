import { nameRules } from './name-rules.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** How many bytes fields hold. */
const lengthFor = nameRules<number>(
  {
    g_a: 256,
    g_b: 256,
    g_a_or_b: 256,
    dh_prime: 256,
    A: 256,
    p: 256,
    n: 256,
    encrypted_data: 256,
    encryption_key: 32,
    encryption_iv: 16,
    encrypted_answer: 592,
    g_a_hash: 32,
    M1: 32,
    key: 32,
    iv: 32,
    hash: 32,
    sha256: 32,
    file_hash: 32,
    data_hash: 32,
    secret: 32,
    file_reference: 25,
    data: 104,
    bytes: 104,
    thumb: 480,
    random: 256,
    random_bytes: 16,
    waveform: 63,
    peer_tag: 16,
    salt: 16,
    salt1: 16,
    salt2: 16,
    signature: 64,
    info: 1,
  },
  [[/hash|secret|key/, 32]],
  16,
);

/** Bytes that mean something to a reader. */
const short = nameRules<Uint8Array | null>(
  {
    option: text('0'),
    payload: text('order-17'),
    random_id: text('ad-17'),
    pq: Uint8Array.of(0x17, 0xed, 0x48, 0x94, 0x1a, 0x08, 0xf9, 0x81),
    q: Uint8Array.of(0x53, 0x91, 0x10, 0x73),
    e: Uint8Array.of(1, 0, 1),
    info: Uint8Array.of(4),
  },
  [],
  null,
);

/** Content of a `bytes` field. */
export function bytesFor(name: string): Uint8Array {
  return short(name) ?? fixedBytes(name, lengthFor(name));
}

/** So many equal bytes; which ones differs from name to name. */
export function fixedBytes(name: string, length: number): Uint8Array {
  let sum = 0;
  for (const letter of name) sum += letter.charCodeAt(0);
  return new Uint8Array(length).fill((sum % 250) + 1);
}
