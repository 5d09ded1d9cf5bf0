import type { CallOptions } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { FileError } from '../errors.js';
import { asInstance } from '../location/as-instance.js';
import type { Fields } from '../location/fields.js';
import { MAX_DEPTH } from '../location/no-file.js';
import { markOf } from '../location/peer-mark.js';
import type { FileConverterContext } from './context.js';
import { referenceOf } from './reference.js';
import { resendPoll, type Resend } from './resend-poll.js';

/**
 * Received media (`MessageMedia`), or a photo or document, as what is sent to send them again. A time after which media
 * destroy themselves is not kept, and a web page is one that the message can do without.
 *
 * @throws FileError `NO_FILE` for what nobody but its sender can send; PeerError; SchemaError.
 */
export async function resend(
  context: FileConverterContext,
  media: Fields,
  options: CallOptions,
  depth = 0,
): Promise<base.TypeInputMedia> {
  const { schema } = context;
  if (depth > MAX_DEPTH) throw cannot(media.name, 'it holds media in media without end');
  const again = (one: Fields): Promise<base.TypeInputMedia> =>
    resend(context, one, options, depth + 1);
  const inside = (field: string): Fields => {
    const found = media.object(field);
    if (found) return found;
    throw cannot(media.name, `it has no ${field}: its time is over, or it is not for you`);
  };
  switch (media.name) {
    case 'messageMediaPhoto':
      return sentPhoto(context, inside('photo'), media);
    case 'messageMediaDocument':
      return sentDocument(context, inside('document'), media);
    case 'messageMediaGeo':
      return constructObject<base.InputMediaGeoPoint>(schema, 'inputMediaGeoPoint', {
        geoPoint: place(context, inside('geo')),
      });
    case 'messageMediaGeoLive':
      return constructObject<base.InputMediaGeoLive>(schema, 'inputMediaGeoLive', {
        geoPoint: place(context, inside('geo')),
        heading: media.int('heading'),
        period: media.int('period'),
        proximityNotificationRadius: media.int('proximityNotificationRadius'),
      });
    case 'messageMediaVenue':
      return constructObject<base.InputMediaVenue>(schema, 'inputMediaVenue', {
        geoPoint: place(context, inside('geo')),
        title: media.needText('title'),
        address: media.needText('address'),
        provider: media.needText('provider'),
        venueId: media.needText('venueId'),
        venueType: media.needText('venueType'),
      });
    case 'messageMediaContact':
      return constructObject<base.InputMediaContact>(schema, 'inputMediaContact', {
        phoneNumber: media.needText('phoneNumber'),
        firstName: media.needText('firstName'),
        lastName: media.needText('lastName'),
        vcard: media.needText('vcard'),
      });
    case 'messageMediaPoll':
      return resendPoll(schema, media, again);
    case 'messageMediaDice':
      return constructObject<base.InputMediaDice>(schema, 'inputMediaDice', {
        emoticon: media.needText('emoticon'),
      });
    case 'messageMediaGame':
      return again(inside('game'));
    case 'game': {
      const key = { id: media.long('id'), accessHash: media.long('accessHash') };
      const id = constructObject<base.InputGameID>(schema, 'inputGameID', key);
      return constructObject<base.InputMediaGame>(schema, 'inputMediaGame', { id });
    }
    case 'messageMediaStory':
      return sentStory(context, media, options);
    case 'messageMediaWebPage':
      return constructObject<base.InputMediaWebPage>(schema, 'inputMediaWebPage', {
        url: inside('webpage').needText('url'),
        forceLargeMedia: media.flag('forceLargeMedia'),
        forceSmallMedia: media.flag('forceSmallMedia'),
        optional: true,
      });
    case 'messageMediaPaidMedia':
      return sentPaid(context, media, again);
    case 'messageMediaToDo': {
      const todo = asInstance(schema, media.raw('todo') as object) as base.TodoList;
      return constructObject<base.InputMediaTodo>(schema, 'inputMediaTodo', { todo });
    }
    default:
      return sentFile(context, media);
  }
}

/** A photo or document of any form. */
function sentFile(context: FileConverterContext, file: Fields): base.TypeInputMedia {
  if (file.name === 'photo' || file.name === 'inputPhoto') return sentPhoto(context, file);
  if (file.name === 'document' || file.name === 'inputDocument') return sentDocument(context, file);
  const known = file.name.startsWith('messageMedia');
  throw cannot(file.name, known ? 'only its sender can' : 'it is neither photo nor document');
}

function sentPhoto(
  { schema }: FileConverterContext,
  photo: Fields,
  media?: Fields,
): base.TypeInputMedia {
  const id = referenceOf(schema, photo);
  if (id?._ !== 'inputPhoto') throw cannot(photo.name, 'the photo is there no more');
  const film = media?.object('video');
  const video = film && referenceOf(schema, film);
  return constructObject<base.InputMediaPhoto>(schema, 'inputMediaPhoto', {
    id,
    spoiler: media?.flag('spoiler'),
    livePhoto: video?._ === 'inputDocument' && media?.flag('livePhoto'),
    video: video?._ === 'inputDocument' ? video : undefined,
    ttlSeconds: undefined,
  });
}

function sentDocument(
  { schema }: FileConverterContext,
  document: Fields,
  media?: Fields,
): base.TypeInputMedia {
  const id = referenceOf(schema, document);
  if (id?._ !== 'inputDocument') throw cannot(document.name, 'the document is there no more');
  const picture = media?.object('videoCover');
  const cover = picture && referenceOf(schema, picture);
  return constructObject<base.InputMediaDocument>(schema, 'inputMediaDocument', {
    id,
    spoiler: media?.flag('spoiler'),
    videoCover: cover?._ === 'inputPhoto' ? cover : undefined,
    videoTimestamp: media?.int('videoTimestamp'),
    ttlSeconds: undefined,
    query: undefined,
  });
}

async function sentStory(
  { schema, peers }: FileConverterContext,
  media: Fields,
  options: CallOptions,
): Promise<base.TypeInputMedia> {
  const marked = markOf(media.raw('peer'));
  if (marked === undefined) throw cannot(media.name, 'it does not say whose story it is');
  const id = media.needInt('id');
  const peer = await peers.inputPeer(marked, options);
  return constructObject<base.InputMediaStory>(schema, 'inputMediaStory', { peer, id });
}

async function sentPaid(
  context: FileConverterContext,
  media: Fields,
  again: Resend,
): Promise<base.TypeInputMedia> {
  const all: base.TypeInputMedia[] = [];
  for (const one of media.objects('extendedMedia')) {
    const held = one.name === 'messageExtendedMedia' ? one.object('media') : undefined;
    if (!held) throw cannot(media.name, 'it has to be paid for first');
    all.push(await again(held));
  }
  return constructObject<base.InputMediaPaidMedia>(context.schema, 'inputMediaPaidMedia', {
    starsAmount: media.long('starsAmount'),
    extendedMedia: all,
    payload: undefined,
  });
}

function place({ schema }: FileConverterContext, geo: Fields): base.TypeInputGeoPoint {
  const [lat, long] = [geo.raw('lat'), geo.raw('long')];
  if (geo.name !== 'geoPoint' || typeof lat !== 'number' || typeof long !== 'number') {
    throw cannot(geo.name, 'it names no place');
  }
  return constructObject<base.InputGeoPoint>(schema, 'inputGeoPoint', {
    lat,
    long,
    accuracyRadius: geo.int('accuracyRadius'),
  });
}

function cannot(name: string, why: string): FileError {
  return new FileError('NO_FILE', `${name} cannot be sent again: ${why}`);
}
