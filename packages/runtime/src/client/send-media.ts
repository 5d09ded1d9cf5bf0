import type { PeerLike } from '@tlgen/codec';
import type { messages } from '@tlgen/telegram';
import { orAbort } from '../core/sleep.js';
import { planMedia, type SendableMedia } from '../files/media/index.js';
import { adopting } from '../files/source/index.js';
import { construct } from '../network/construct.js';
import { withCures } from './send-cures.js';
import { mediaOf, sentOf } from './send-result.js';
import {
  entitiesOf,
  formatted,
  markupOf,
  randomIdOf,
  replyToOf,
  secondsOf,
} from './send-shared.js';
import type { SendMediaContext, SendMediaOptions, SentFile } from './send-options.js';

export type { SendMediaContext, SendMediaOptions, SentFile };

/**
 * Sends one file with a caption: media of a kind (`{ type: 'video', file, … }`), a file of which the kind is found out,
 * or an object of type `InputMedia`. The caption, the peer and the keyboard are looked up before anything is uploaded.
 *
 * Where the server has lost a part of the upload, the file is uploaded once more if it can be read again (all but streams
 * can); where it wants a fresh reference, that is asked for. Both are done once, with the same random id, so that nothing
 * is sent twice.
 *
 * @throws TextError, KeyboardError, PeerError, CallOptionError, SchemaError before anything is uploaded; FileError; what
 * `invoke` throws. RpcError `RANDOM_ID_DUPLICATE` would say that the message is there already.
 */
export function sendMedia(
  context: SendMediaContext,
  peer: PeerLike,
  media: SendableMedia,
  options: SendMediaOptions = {},
): Promise<SentFile> {
  return adopting([media], () =>
    context.cancellable(options, 'sending a file', (signal) =>
      orAbort(run(context, peer, media, options, signal), signal),
    ),
  );
}

async function run(
  context: SendMediaContext,
  peer: PeerLike,
  media: SendableMedia,
  options: SendMediaOptions,
  signal: AbortSignal,
): Promise<SentFile> {
  const { schema, text } = context;
  const { replyTo, replyMarkup, silent, scheduleDate, noforwards } = options;
  const caption = formatted(options.caption ?? '', options.parseMode);
  const ends = { signal };
  const target = await context.peers.inputPeer(peer, ends);
  const entities = await entitiesOf(text, caption, ends);
  const markup = await markupOf(text, caption, replyMarkup, ends);
  const plan = await planMedia(context, media, { ...options, signal });
  const randomId = randomIdOf((length) => context.random(length));
  const updates = await withCures(plan, (input) => {
    const request = construct<messages.SendMediaRequest>(schema, 'messages.sendMedia', {
      peer: target,
      media: input,
      message: caption.text,
      randomId,
      silent,
      noforwards,
      entities,
      replyMarkup: markup,
      replyTo: replyToOf(schema, replyTo),
      scheduleDate: secondsOf(scheduleDate),
    });
    return context.invoke(request, ends);
  });
  const sent = sentOf(updates, randomId);
  return { ...sent, media: mediaOf(updates, sent.id) };
}
