export { Handshake } from './handshake.js';
export type { HandshakeOptions, HandshakeStep } from './types.js';
