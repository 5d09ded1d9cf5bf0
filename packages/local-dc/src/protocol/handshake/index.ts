export { ExchangeStore } from './exchange-store.js';
export { ServerHandshake } from './server-handshake.js';
export { generateServerKey, localCdnRsaKey, localRsaKey } from './server-key.js';
export type { ServerRsaKey } from './server-key.js';
export { LOCAL_PRIVATE_PEM, LOCAL_PUBLIC_PEM } from './local-rsa-key.js';
export type {
  HandshakeHooks,
  HandshakeOutcome,
  HandshakeRefusal,
  MadeKey,
  ServerHandshakeOptions,
} from './types.js';
