/* oxlint-disable no-new */
// Every line under an expect-error comment must be refused, and nothing else: see ../types.test.ts.
import { encode } from '@tlgen/codec';
import { auth, base, messages, upload } from '@tlgen/telegram';
import type { Init } from '@tlgen/codec';

const peer = new base.InputEncryptedChat({ chatId: 1, accessHash: 2n });
const good = { peer, randomId: 1n, data: new Uint8Array(8) };

// What is right.
export const request = new messages.SendEncryptedRequest(good);
encode(request);
new messages.SendEncryptedRequest({ ...good, silent: true });
new base.InputPeerSelf();
new base.Message({ id: 1, peerId: new base.PeerUser({ userId: 1n }), date: 0, message: '' });

// A class where another one is due, though it has the same fields.
// @ts-expect-error PeerUser is no InputPeer
new messages.ReadHistoryRequest({ peer: new base.PeerUser({ userId: 1n }), maxId: 1 });
// @ts-expect-error InputPeerChat has the fields of PeerChat but is another class
new base.Message({ id: 1, peerId: new base.InputPeerChat({ chatId: 1n }), date: 0, message: '' });
// @ts-expect-error a constructor is no type's other constructor
export const narrow: base.PeerUser = new base.PeerChat({ chatId: 1n });
// @ts-expect-error a plain object is no instance
export const plain: base.PeerUser = { userId: 1n };

// Missing, null and unknown fields.
// @ts-expect-error data is required
new messages.SendEncryptedRequest({ peer, randomId: 1n });
const message = { id: 1, peerId: new base.PeerUser({ userId: 1n }), date: 0, message: '' };
// @ts-expect-error null is not absent
new base.Message({ ...message, media: null });
// @ts-expect-error there is no such field
new messages.SendEncryptedRequest({ ...good, random_id: 1n });
// @ts-expect-error a required argument
new messages.SendEncryptedRequest();

// Wrong kinds of values.
// @ts-expect-error number where a bigint is due
new messages.SendEncryptedRequest({ ...good, randomId: 1 });
// @ts-expect-error bigint where a number is due
new base.InputEncryptedChat({ chatId: 1n, accessHash: 2n });
// @ts-expect-error a string is no bytes
new messages.SendEncryptedRequest({ ...good, data: 'abc' });
// @ts-expect-error a flag is true or false
new messages.SendEncryptedRequest({ ...good, silent: 1 });
// @ts-expect-error a vector is an array
new upload.GetFileHashesRequest({ location: [], offset: 0n });
// @ts-expect-error a request is no constructor's value
new base.InputMediaPhoto({ id: new auth.LogOutRequest() });
// @ts-expect-error encode takes objects of generated classes
encode({ _: 'inputPeerSelf' });

// True flags may be left out of what makes an object, and read as booleans.
const init: Init<base.InputMediaPhoto> = { id: new base.InputPhotoEmpty() };
export const spoiler: boolean = new base.InputMediaPhoto(init).spoiler;
// @ts-expect-error a flag is never undefined
export const never: undefined = new base.InputMediaPhoto(init).spoiler;
