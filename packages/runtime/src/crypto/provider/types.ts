/** A running AES-256-CTR stream: the key stream continues from call to call. */
export interface AesCtr {
  /** Encrypts or decrypts (the same thing) the next bytes of the stream. */
  process(data: Uint8Array): Uint8Array;
}

/** A running hash. */
export interface RunningHash {
  update(data: Uint8Array): void;
  /** Ends it. */
  digest(): Uint8Array;
}

/** Bytes sent by the client use x = 0 of the key derivation, bytes of the server x = 8. */
export type KeyOffset = 0 | 8;

/**
 * The primitives that differ by host. Everything above them (key exchange, envelopes, 2FA) is written once.
 *
 * Results are fresh arrays that belong to the caller, unless a method says otherwise.
 */
export interface CryptoProvider {
  /** `node` or `portable`; shown in diagnostics. */
  readonly name: string;
  /** Bytes from the platform's cryptographic source, never from anywhere else. */
  randomBytes(size: number): Uint8Array;

  /** For checksums of files, where the protocol wants them; protects nothing. */
  md5(): RunningHash;
  sha1(data: Uint8Array): Uint8Array;
  sha256(data: Uint8Array): Uint8Array;
  sha512(data: Uint8Array): Uint8Array;
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  hmacSha512(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** PBKDF2 with HMAC-SHA512; does not block the host's event loop where that can be had. */
  pbkdf2Sha512(
    password: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    size: number,
  ): Promise<Uint8Array>;

  /** @throws CryptoError `bad-length` unless key is 32 bytes, iv 32 and data a multiple of 16. */
  aesIgeEncrypt(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array;
  /** @throws CryptoError `bad-length` unless key is 32 bytes, iv 32 and data a multiple of 16. */
  aesIgeDecrypt(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array;
  /** @param iv - 16 bytes: the initial counter block. */
  aesCtr(key: Uint8Array, iv: Uint8Array): AesCtr;

  /**
   * Encrypts an MTProto 2.0 packet in place. `packet` holds 24 bytes of room (auth_key_id, msg_key), then the padded
   * plaintext (a multiple of 16 bytes). Writes msg_key at 8 and the ciphertext over the plaintext; bytes 0 … 7 are
   * the caller's.
   *
   * @param authKey - 256 bytes.
   */
  seal2(packet: Uint8Array, authKey: Uint8Array, x: KeyOffset): void;
  /**
   * Decrypts an MTProto 2.0 packet (auth_key_id, msg_key, ciphertext) and compares msg_key in constant time.
   *
   * @returns the padded plaintext; null when msg_key differs: then nothing of the plaintext leaves the function.
   */
  open2(packet: Uint8Array, authKey: Uint8Array, x: KeyOffset): Uint8Array | null;

  /** base^exponent mod modulus; big-endian in, big-endian out, as long as the modulus. */
  modPow(base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array): Uint8Array;
  /** Miller–Rabin with `rounds` random bases from the platform's random source. */
  isProbablyPrime(value: Uint8Array, rounds: number): boolean;
  /**
   * Splits a product of two primes below 2^63; null when it finds no proper factor (a prime, 0, 1).
   *
   * @returns the smaller factor.
   */
  findFactor(pq: bigint): bigint | null;
}
