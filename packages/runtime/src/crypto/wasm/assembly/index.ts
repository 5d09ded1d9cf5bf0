// What the host may call. See loader.ts for how it is used.
import { fillTables } from './tables';

export { AUTH_KEY, COUNTER, DATA, DATA_SIZE, DIGEST, IV, KEY, KEY_STREAM, MSG_KEY } from './layout';
export { ROUND_KEYS } from './layout';
export { ctr, igeDecrypt, igeEncrypt } from './modes';
export { expandDecryptKey, expandEncryptKey } from './round-keys';
export { hashBlocks, hashFinish, hashStart, sha256 } from './sha256';
export { deriveKeys2, open2, seal2, wipe } from './envelope';
export { findFactor } from './factor';

fillTables();
