import { api } from './api.mjs';
import { client } from './client.mjs';
import { crypto } from './crypto.mjs';
import { handshake } from './handshake.mjs';
import { inbox } from './inbox.mjs';
import { lists } from './lists.mjs';
import { peers } from './peers.mjs';
import { session } from './session.mjs';
import { signIn } from './sign-in.mjs';
import { formats, storage } from './storage.mjs';
import { text } from './text.mjs';
import { transport } from './transport.mjs';

/** @type {readonly import('./types.js').NamedMutant[]} */
export const mutants = [
  [crypto, handshake, inbox, session, transport],
  [storage, formats, peers, lists, text, api, signIn, client],
].flat(2);
