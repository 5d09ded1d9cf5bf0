// Where everything lives in the module's single page of memory. Fixed addresses let the compiler fold them into the
// load instructions; nothing is ever allocated. Constants of the compiler (SHA-256's) lie between 1024 and 2048.

/** Four tables of 256 words each: SubBytes, ShiftRows and MixColumns of one byte in one look-up. */
export const ENCRYPT_TABLES: i32 = 2048;
/** The same for the inverse cipher. */
export const DECRYPT_TABLES: i32 = 6144;
export const SBOX: i32 = 10240;
export const INVERSE_SBOX: i32 = 10496;

/** Everything from here to SECRETS_END is erased after an envelope was sealed or opened. */
export const SECRETS: i32 = 10752;
/** 15 round keys of 16 bytes. */
export const ROUND_KEYS: i32 = 10752;
export const LAST_ROUND_KEY: i32 = 10976;
export const KEY: i32 = 10992;
export const IV: i32 = 11024;
/** Result of the block cipher. */
export const BLOCK: i32 = 11056;
export const DIGEST: i32 = 11072;
/** State of SHA-256 between blocks. */
export const HASH: i32 = 11104;
/** SHA-256's message schedule. */
export const SCHEDULE: i32 = 11136;
/** Last one or two blocks of SHA-256 with their padding. */
export const TAIL: i32 = 11392;
/** Input of the key derivation. */
export const KDF_INPUT: i32 = 11520;
/** 256 bytes. */
export const AUTH_KEY: i32 = 11584;
export const SECRETS_END: i32 = 11840;

export const MSG_KEY: i32 = 11840;
/** Counter block of CTR; the host saves and restores it together with the key stream after it. */
export const COUNTER: i32 = 11856;
/** The current block of CTR's key stream. */
export const KEY_STREAM: i32 = 11872;

/** The input and output of everything; the 32 bytes before it are free for a prefix. */
export const DATA: i32 = 16384;
/** Larger inputs come in pieces. */
export const DATA_SIZE: i32 = 32768;
