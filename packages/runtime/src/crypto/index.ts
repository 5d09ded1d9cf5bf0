export { AuthKey, newNonceHash } from './auth-key.js';
export { bigIntFromBytes, bytesFromBigInt, concat, fromHex, toHex } from './bytes.js';
export { equalBytes } from './compare.js';
export { DhExchange, TELEGRAM_PRIME, checkDhGroup, checkDhValue } from './dh.js';
export {
  authKeyIdOf,
  openEnvelope,
  openEnvelopeWithToken,
  quickAckToken,
  sealEnvelope,
  sealEnvelopeWithToken,
} from './envelope.js';
export type { OpenedPacket, SealOptions, SealedPacket } from './envelope.js';
export { openEnvelope1, sealEnvelope1 } from './envelope1.js';
export { CryptoError, SecurityError } from './errors.js';
export type { CryptoErrorCode, SecurityErrorCode } from './errors.js';
export { deriveKeys1, deriveKeys2, handshakeKeys, messageKey1, messageKey2 } from './kdf.js';
export type { AesKeys } from './kdf.js';
export {
  openMessage,
  openMessage1,
  openMessageWithToken,
  sealMessage,
  sealMessage1,
  sealMessageWithToken,
} from './message.js';
export type { PlainMessage, Sender } from './message.js';
export { factorize } from './pq.js';
export type { Factors } from './pq.js';
export type { AesCtr, CryptoProvider, KeyOffset } from './provider/types.js';
export { parseRsaKey, rsaKeyFrom, rsaPad, rsaUnpad } from './rsa.js';
export type { RsaKey, RsaPrivateKey } from './rsa.js';
export { telegramRsaKeys } from './server-keys.js';
export { SrpServer, checkPassword, newPasswordVerifier, withNewSalt } from './srp.js';
export type { PasswordAlgo, PasswordProof } from './srp.js';
