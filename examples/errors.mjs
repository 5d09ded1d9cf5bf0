// @ts-check
// Every kind of TlError, each from a small mistake. Runs offline.
import { decode, decodeWith, encode, fromJson, Registry, TlError, traceRead } from '@tlgen/codec';
import { base, messages, users } from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';

// docs: show
/**
 * Prints the code and the message of what `mistake` throws.
 *
 * @param {() => unknown} mistake
 */
function show(mistake) {
  try {
    mistake();
  } catch (error) {
    if (!(error instanceof TlError)) throw error;
    console.log(`${error.code}: ${error.message}`);
  }
}
// docs: end

const chat = new base.InputEncryptedChat({ chatId: 1, accessHash: 2n });
const request = new messages.SendEncryptedRequest({
  peer: chat,
  randomId: 3n,
  data: new Uint8Array(4),
});
const bytes = encode(request);

// docs: parts
try {
  decode(bytes.subarray(0, 24), registry);
} catch (error) {
  if (!(error instanceof TlError)) throw error;
  console.log(error.code, '|', error.reason, '|', error.path.join(' '), '|', error.offset);
}
// docs: end

// docs: reading
show(() => decode(bytes.subarray(0, 24), registry)); // cut off
show(() => decode(new Uint8Array([1, 2, 3, 4]), registry)); // not of this schema
show(() => decode(new Uint8Array([...bytes, 0, 0, 0, 0]), registry)); // more than one object

const swapped = bytes.slice();
swapped.set(encode(new base.InputPeerSelf()), 8); // an InputPeer where an InputEncryptedChat belongs
show(() => decode(swapped, registry));

const vast = new Uint8Array([0x15, 0xc4, 0xb5, 0x1c, 255, 255, 255, 127]);
const getUsers = new users.GetUsersRequest({ id: [] });
show(() => decodeWith(vast, registry, (r) => getUsers.$result(r))); // a vector of 2147483647 users
// docs: end

// docs: rare
const dataJson = [0x04, 0x8d, 0x74, 0x7d]; // the id of dataJSON; a string follows
show(() => decode(new Uint8Array([...dataJson, 255, 0, 0, 0]), registry)); // no length begins so
const gzipPacked = [0xa1, 0xcf, 0x72, 0x30]; // the id of gzip_packed; compressed bytes follow
show(() => decode(new Uint8Array([...gzipPacked, 3, 1, 2, 3]), registry));
// docs: end

// docs: writing
const loose = /** @type {any} */ ({ chatId: 1 });
show(() => encode(new base.InputEncryptedChat(loose))); // no accessHash
show(() => encode(new base.InputEncryptedChat({ ...loose, accessHash: 2 }))); // not a bigint
show(() => encode(new base.InputEncryptedChat({ chatId: 2 ** 31, accessHash: 2n }))); // not 32 bits
show(() => encode(new base.DataJSON({ data: 'x'.repeat(2 ** 24) }))); // lengths have 24 bits

// `solution` and `solutionEntities` share a bit: both or neither.
const poll = new base.Poll({
  id: 0n,
  hash: 0n,
  question: new base.TextWithEntities({ text: '1 + 1?', entities: [] }),
  answers: [],
});
show(() => encode(new base.InputMediaPoll({ poll, solution: '2' })));
// docs: end

// docs: json
show(() => fromJson({ _: 'inputEncryptedChat', chatID: 1, accessHash: '2' }, registry));
show(() => fromJson({ _: 'inputEncryptedChat', chatId: 1 }, registry));
show(() => fromJson({ _: 'inputEncryptedChats' }, registry));
// docs: end

// docs: programs
const circle = new base.InputMediaPoll({ poll });
circle.attachedMedia = circle; // an object that holds itself
show(() => encode(circle));

class Impostor extends base.InputPeerSelf {}
show(() => new Registry().add('InputPeer', [base.InputPeerSelf, Impostor])); // one id, two classes
// docs: end

// docs: trace
const trace = traceRead(bytes.subarray(0, 24), registry);
console.log(JSON.stringify(trace.value));
console.log(trace.error?.code, 'at byte', trace.offset);
// docs: end
