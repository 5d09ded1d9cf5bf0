// @ts-check
// What code of other libraries looks like here. Runs offline.
import { encode, fromJson, toJson } from '@tlgen/codec';
import { base, messages } from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';

// docs: gramjs
const request = new messages.SendMessageRequest({
  peer: new base.InputPeerUser({ userId: 777000n, accessHash: 0n }),
  message: 'hi',
  randomId: 42n, // GramJS fills it in; a request sent by hand must have it
  noWebpage: true,
});
console.log(encode(request).length, 'bytes');
console.log(request instanceof messages.SendMessageRequest, request._);
console.log(request.replyTo); // absent is undefined, never null
// docs: end

// docs: madeline
/** @typedef {import('@tlgen/codec').JsonValue} JsonValue */

/**
 * MadelineProto's arrays, as json_encode writes them, in the form that fromJson reads: snake_case becomes camelCase.
 *
 * @param {JsonValue} value
 * @returns {JsonValue}
 */
function camelCase(value) {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key === '_' ? key : key.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase()),
    camelCase(item),
  ]);
  return Object.fromEntries(entries);
}

const php = '{"_":"inputPeerChannel","channel_id":"1234567","access_hash":"-5"}';
const array = camelCase(JSON.parse(php));
const peer = fromJson(/** @type {import('@tlgen/codec').JsonObject} */ (array), registry);
console.log(toJson(peer));
// docs: end
