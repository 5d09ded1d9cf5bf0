// @ts-check
// Objects as plain JSON data and back. Runs offline.
import { fromJson, toJson } from '@tlgen/codec';
import { base } from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';

// docs: to
const media = new base.InputMediaDocument({
  id: new base.InputDocument({
    id: 5000000000n,
    accessHash: 7n,
    fileReference: new Uint8Array([1, 2, 3]),
  }),
  ttlSeconds: 60,
});
console.log(JSON.stringify(media)); // the same as JSON.stringify(toJson(media))
// docs: end

// docs: from
const text = '{"_":"inputPeerUser","userId":"777000","accessHash":"0"}';
const peer = fromJson(JSON.parse(text), registry);
console.log(peer instanceof base.InputPeerUser, JSON.stringify(toJson(peer)) === text);
// docs: end

// docs: loose
// Written by hand: a long may be a number, bytes may be bytes, `true` flags may be left out.
const loose = fromJson(
  { _: 'messages.sendMessage', peer: { _: 'inputPeerSelf' }, message: 'hi', randomId: 1 },
  registry,
);
console.log(toJson(loose));
// docs: end
