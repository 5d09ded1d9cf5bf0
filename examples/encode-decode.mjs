// @ts-check
// Encodes a request, decodes an answer, and shows what a damaged answer gets you. Runs offline.
import { decode, decodeWith, encode, TlError } from '@tlgen/codec';
import { base, messages } from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';

/** @param {Uint8Array} bytes */
const hex = (bytes) => Buffer.from(bytes).toString('hex');

// docs: encode
// A request: classes are strict, so a missing or mistyped field is a compile error in TypeScript.
const request = new messages.SendEncryptedRequest({
  silent: true,
  peer: new base.InputEncryptedChat({ chatId: 1234567, accessHash: -8365873894573489456n }),
  randomId: 4096n,
  data: new Uint8Array([1, 2, 3, 4]),
});
const bytes = encode(request);
console.log(`${request._} → ${bytes.length} bytes`);
// docs: end
console.log(`  ${hex(bytes)}`);

// docs: decode
// What a server makes of them, and what it answers.
console.log(decode(bytes, registry));
const answer = encode(new messages.SentEncryptedMessage({ date: 1763712000 }));
const result = decodeWith(answer, registry, (r) => request.$result(r));
if (result._ === 'messages.sentEncryptedMessage') console.log(`sent at ${result.date}`);
// docs: end

// docs: damage
// Bad data is a typed error that says what, where and why.
try {
  decode(bytes.subarray(0, 24), registry);
} catch (error) {
  if (error instanceof TlError) console.log(`${error.code}: ${error.message}`);
}
// docs: end
