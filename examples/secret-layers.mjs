// @ts-check
// Secret chats, the layers of their schema: reads a message of any layer, writes one for an old peer. Runs offline.
import { decode, encode, toJson } from '@tlgen/codec';
import * as newest from '@tlgen/secret';
import * as layer17 from '@tlgen/secret/layers/17';
import { registry } from '@tlgen/secret/registry';

// docs: write
// A peer of layer 17 knows no formatting, so this view has no `entities` to fill in.
const message = new layer17.DecryptedMessage({
  randomId: 1n,
  ttl: 0,
  message: 'hello from 2014',
  media: new layer17.DecryptedMessageMediaEmpty(),
});
const bytes = encode(
  new layer17.DecryptedMessageLayer({
    randomBytes: new Uint8Array(15),
    layer: 17,
    inSeqNo: 0,
    outSeqNo: 1,
    message,
  }),
);
console.log(message._, `${bytes.length} bytes`);
// docs: end

// docs: read
// One registry reads every layer: the object says which form came in.
const envelope = decode(bytes, registry);
if (envelope instanceof newest.DecryptedMessageLayer) {
  const { message: inner } = envelope;
  if (inner._ === 'decryptedMessage_17') console.log(`layer 17 says: ${inner.message}`);
  if (inner._ === 'decryptedMessage') console.log(`${inner.entities?.length ?? 0} entities`);
}
// docs: end

// docs: newest
const today = new newest.DecryptedMessage({ randomId: 2n, ttl: 0, message: 'hello' });
console.log(toJson(today));
// docs: end
