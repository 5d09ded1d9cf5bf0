import { api } from './api.mjs';
import { client } from './client.mjs';
import { crypto } from './crypto.mjs';
import { filesDisk } from './files-disk.mjs';
import { filesDownload } from './files-download.mjs';
import { filesEncrypted } from './files-encrypted.mjs';
import { filesFileId } from './files-file-id.mjs';
import { filesLike } from './files-like.mjs';
import { filesLocation } from './files-location.mjs';
import { filesMedia } from './files-media.mjs';
import { filesNetwork } from './files-network.mjs';
import { filesUpload } from './files-upload.mjs';
import { handshake } from './handshake.mjs';
import { inbox } from './inbox.mjs';
import { lists } from './lists.mjs';
import { peers } from './peers.mjs';
import { session } from './session.mjs';
import { signIn } from './sign-in.mjs';
import { formats, storage } from './storage.mjs';
import { text } from './text.mjs';
import { transport } from './transport.mjs';
import { updatesBoxes } from './updates-boxes.mjs';
import { updatesFeed } from './updates-feed.mjs';
import { updatesFilters } from './updates-filters.mjs';
import { updatesHub } from './updates-hub.mjs';
import { updates } from './updates.mjs';

/** @type {readonly import('./types.js').NamedMutant[]} */
export const mutants = [
  [crypto, handshake, inbox, session, transport],
  [storage, formats, peers, lists, text, api, signIn, client],
  [filesUpload, filesEncrypted, filesDownload, filesLocation, filesLike, filesFileId],
  [filesMedia, filesDisk, filesNetwork],
  [updates, updatesBoxes, updatesFeed, updatesHub, updatesFilters],
].flat(2);
