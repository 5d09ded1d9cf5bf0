import type { CryptoProvider } from '../../crypto/provider/types.js';
import { concat } from '../../crypto/bytes.js';
import { HANDSHAKE, tlsRecord } from './records.js';
import { x25519PublicKey } from './x25519.js';

/** Where the random of a hello stands in its record: header (5), handshake header (4), version (2). */
export const RANDOM_AT = 11;
export const RANDOM_SIZE = 32;

const CLIENT_HELLO = 1;
const MLKEM_COEFFICIENTS = 768;
const MLKEM_MODULUS = 3329;
/** X25519MLKEM768. */
const HYBRID_GROUP = 0x11ec;
const X25519_GROUP = 0x001d;

/** Ciphers of a current browser, in its order. */
const CIPHERS = [
  0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c,
  0x009d, 0x002f, 0x0035,
];
const SIGNATURES = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];

function u16(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value >> 8, value & 0xff]));
}

/** Bytes behind their length in one, two or three bytes. */
function sized(lengthBytes: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concat(...parts);
  const length = Uint8Array.from([body.length >> 16, body.length >> 8, body.length]);
  return concat(length.subarray(3 - lengthBytes), body);
}

function extension(type: number, ...body: readonly Uint8Array[]): Uint8Array {
  return concat(u16(type), sized(2, ...body));
}

function protocols(...names: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  return sized(2, ...names.map((name) => sized(1, encoder.encode(name))));
}

/**
 * A ClientHello as a current browser writes it, whole with its record header and with 32 zero bytes as its random:
 * key shares, GREASE (RFC 8701) and the order of the extensions differ each time.
 */
export function clientHello(crypto: CryptoProvider, domain: string): Uint8Array {
  const grease = greaseValues(crypto);
  const x25519 = (): Uint8Array => x25519PublicKey(crypto.randomBytes(32));
  const hybrid = concat(mlkemKey(crypto), x25519());
  const ech = 144 + 32 * below(crypto, 4);
  const extensions = [
    extension(0x0000, sized(2, Uint8Array.of(0), sized(2, new TextEncoder().encode(domain)))),
    extension(0x0005, Uint8Array.of(1, 0, 0, 0, 0)),
    extension(0x000a, sized(2, u16(grease.group, HYBRID_GROUP, X25519_GROUP, 0x0017, 0x0018))),
    extension(0x000b, sized(1, Uint8Array.of(0))),
    extension(0x000d, sized(2, u16(...SIGNATURES))),
    extension(0x0010, protocols('h2', 'http/1.1')),
    extension(0x0012),
    extension(0x0017),
    extension(0x001b, sized(1, u16(0x0002))),
    extension(0x0023),
    extension(0x002b, sized(1, u16(grease.version, 0x0304, 0x0303))),
    extension(0x002d, sized(1, Uint8Array.of(1))),
    extension(
      0x0033,
      sized(
        2,
        u16(grease.group),
        sized(2, Uint8Array.of(0)),
        u16(HYBRID_GROUP),
        sized(2, hybrid),
        u16(X25519_GROUP),
        sized(2, x25519()),
      ),
    ),
    extension(0x44cd, protocols('h2')),
    extension(
      0xfe0d,
      Uint8Array.of(0, 0, 1, 0, 1),
      crypto.randomBytes(1),
      sized(2, x25519()),
      sized(2, crypto.randomBytes(ech)),
    ),
    extension(0xff01, sized(1)),
  ];
  shuffle(crypto, extensions);
  const body = concat(
    u16(0x0303),
    new Uint8Array(RANDOM_SIZE),
    sized(1, crypto.randomBytes(32)),
    sized(2, u16(grease.cipher, ...CIPHERS)),
    sized(1, Uint8Array.of(0)),
    sized(2, extension(grease.first), ...extensions, extension(grease.last, Uint8Array.of(0))),
  );
  return tlsRecord(HANDSHAKE, concat(Uint8Array.of(CLIENT_HELLO), sized(3, body)), 0x0301);
}

/** Values 0x0a0a, 0x1a1a … 0xfafa; the two extensions must differ. */
function greaseValues(crypto: CryptoProvider): {
  cipher: number;
  group: number;
  version: number;
  first: number;
  last: number;
} {
  const [cipher = 0, group = 0, version = 0, first = 0, second = 0] = crypto.randomBytes(5);
  const value = (random: number): number => ((random & 0xf0) | 0x0a) * 0x0101;
  const last = value(second) === value(first) ? second ^ 0x10 : second;
  return {
    cipher: value(cipher),
    group: value(group),
    version: value(version),
    first: value(first),
    last: value(last),
  };
}

/** 768 coefficients below 3329 in 12 bits each, then 32 random bytes: the public key of ML-KEM-768. */
function mlkemKey(crypto: CryptoProvider): Uint8Array {
  const key = new Uint8Array((MLKEM_COEFFICIENTS * 3) / 2 + 32);
  const random = crypto.randomBytes(MLKEM_COEFFICIENTS * 4);
  const words = new DataView(random.buffer, random.byteOffset, random.byteLength);
  let at = 0;
  for (let i = 0; i < MLKEM_COEFFICIENTS; i += 2) {
    const a = words.getUint32(i * 4) % MLKEM_MODULUS;
    const b = words.getUint32(i * 4 + 4) % MLKEM_MODULUS;
    key[at++] = a;
    key[at++] = (a >> 8) | (b << 4);
    key[at++] = b >> 4;
  }
  key.set(crypto.randomBytes(32), at);
  return key;
}

/** A random integer below `bound`. */
function below(crypto: CryptoProvider, bound: number): number {
  const [a = 0, b = 0, c = 0] = crypto.randomBytes(3);
  return ((a << 16) | (b << 8) | c) % bound;
}

function shuffle(crypto: CryptoProvider, items: Uint8Array[]): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = below(crypto, i + 1);
    const item = items[i];
    const other = items[j];
    if (item !== undefined && other !== undefined) {
      items[i] = other;
      items[j] = item;
    }
  }
}
