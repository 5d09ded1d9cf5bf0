import { crypto } from './crypto.mjs';
import { handshake } from './handshake.mjs';
import { inbox } from './inbox.mjs';
import { session } from './session.mjs';
import { transport } from './transport.mjs';

/** @type {readonly import('./types.js').NamedMutant[]} */
export const mutants = [...crypto, ...handshake, ...inbox, ...session, ...transport];
