/* oxlint-disable no-new, import/namespace */
// A layer's view of the secret schema: the same classes, but nothing that the layer does not know.
import * as layer8 from '@tlgen/secret/layers/8';
import * as layer46 from '@tlgen/secret/layers/46';
import * as newest from '@tlgen/secret/base';

const common = { randomId: 1n, message: 'hi' };
const bytes = new Uint8Array(15);

new layer8.DecryptedMessage({
  ...common,
  randomBytes: bytes,
  media: new layer8.DecryptedMessageMediaEmpty(),
});
new layer46.DecryptedMessage({ ...common, ttl: 0 });

/** A class of all layers is one class. */
export const same: typeof newest.DecryptedMessageMediaEmpty = layer8.DecryptedMessageMediaEmpty;

// @ts-expect-error layer 8 knows no venues
new layer8.DecryptedMessageMediaVenue({});
const venue = new newest.DecryptedMessageMediaVenue({
  lat: 0,
  long: 0,
  title: '',
  address: '',
  provider: '',
  venueId: '',
});
new layer46.DecryptedMessage({ ...common, ttl: 0, media: venue });
// @ts-expect-error a venue is newer than layer 8
new layer8.DecryptedMessage({ ...common, randomBytes: bytes, media: venue });
// @ts-expect-error layer 8 has random bytes
new layer8.DecryptedMessage({ ...common, media: new layer8.DecryptedMessageMediaEmpty() });
const spoilers = [new newest.MessageEntitySpoiler({ offset: 0, length: 1 })];
// @ts-expect-error spoilers came after layer 46
new layer46.DecryptedMessage({ ...common, ttl: 0, entities: spoilers });
