import * as tl from '@tlgen/telegram';
import type { RequestContext } from '../dispatch/types.js';
import { badRequest } from '../world/fault.js';
import { fileMediaOf } from './file-media.js';

/** What each dice shows at most. */
const DICE: Readonly<Record<string, number>> = {
  '🎲': 6,
  '🎯': 6,
  '🎳': 6,
  '🏀': 5,
  '⚽': 5,
  '⚽️': 5,
  '🎰': 64,
};

/**
 * Media as a message holds them.
 *
 * @throws RpcFault `MEDIA_EMPTY`, `MEDIA_INVALID`, `EMOTICON_INVALID`, `WEBPAGE_URL_INVALID`, `POLL_QUESTION_INVALID`,
 * `POLL_ANSWERS_INVALID`, `POLL_ANSWER_INVALID`, and as `fileMediaOf`.
 */
export function mediaOf(context: RequestContext, input: tl.TypeInputMedia): tl.TypeMessageMedia {
  const { world } = context;
  if (input instanceof tl.InputMediaEmpty) throw badRequest('MEDIA_EMPTY');
  if (input instanceof tl.InputMediaGeoPoint)
    return new tl.MessageMediaGeo({ geo: geoOf(context, input.geoPoint) });
  if (input instanceof tl.InputMediaVenue)
    return new tl.MessageMediaVenue({ ...input, geo: geoOf(context, input.geoPoint) });
  if (input instanceof tl.InputMediaContact) {
    const userId = world.userByPhone(input.phoneNumber.replace(/\D/g, ''))?.id ?? 0n;
    return new tl.MessageMediaContact({ ...input, userId });
  }
  if (input instanceof tl.InputMediaDice) {
    const { emoticon } = input;
    const most = DICE[emoticon];
    if (most === undefined) throw badRequest('EMOTICON_INVALID');
    const [byte = 0] = world.crypto.randomBytes(1);
    return new tl.MessageMediaDice({ emoticon, value: 1 + (byte % most) });
  }
  if (input instanceof tl.InputMediaWebPage) {
    if (!/^https?:\/\/\S+$/.test(input.url)) throw badRequest('WEBPAGE_URL_INVALID');
    const webpage = new tl.WebPageEmpty({ id: world.randomLong(), url: input.url });
    const { forceLargeMedia, forceSmallMedia } = input;
    return new tl.MessageMediaWebPage({ webpage, manual: true, forceLargeMedia, forceSmallMedia });
  }
  if (input instanceof tl.InputMediaPoll) return pollOf(context, input);
  const withFile = fileMediaOf(context, input);
  if (!withFile) throw badRequest('MEDIA_INVALID');
  return withFile;
}

function geoOf({ world }: RequestContext, input: tl.TypeInputGeoPoint): tl.TypeGeoPoint {
  if (!(input instanceof tl.InputGeoPoint)) return new tl.GeoPointEmpty();
  const { lat, long, accuracyRadius } = input;
  if (!(Math.abs(lat) <= 90 && Math.abs(long) <= 180)) throw badRequest('MEDIA_INVALID');
  return new tl.GeoPoint({ lat, long, accuracyRadius, accessHash: world.randomLong() });
}

function pollOf({ world }: RequestContext, { poll }: tl.InputMediaPoll): tl.MessageMediaPoll {
  const asked = poll.question.text.length;
  if (asked === 0 || asked > 255) throw badRequest('POLL_QUESTION_INVALID');
  if (poll.answers.length === 0 || poll.answers.length > 12)
    throw badRequest('POLL_ANSWERS_INVALID');
  const answers = poll.answers.map((answer, at) => {
    const { length } = answer.text.text;
    if (length === 0 || length > 100) throw badRequest('POLL_ANSWER_INVALID');
    const option = 'option' in answer ? answer.option : Uint8Array.of(48 + at);
    return new tl.PollAnswer({ text: answer.text, option });
  });
  return new tl.MessageMediaPoll({
    poll: new tl.Poll({ ...poll, answers, id: world.randomLong() }),
    results: new tl.PollResults({ totalVoters: 0 }),
  });
}
