import { TlgenError, type ApiSchema, type PeerLike, type TlMethod } from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import type { InvokeOptions } from '../core/types.js';
import { asError } from '../network/as-error.js';
import { construct } from '../network/construct.js';
import type { PeerInputs } from '../peers/types.js';
import { splitText } from '../text/index.js';
import type { SendTextOptions, SentText } from '../text/sending.js';
import type { FormattedText } from '../text/types.js';
import type { ApiText } from './api/index.js';
import { sentOf } from './send-result.js';
import {
  entitiesOf,
  formatted,
  markupOf,
  randomIdOf,
  replyToOf,
  secondsOf,
} from './send-shared.js';

/** A text of several messages was not sent to its end. */
export class PartlySentError extends TlgenError {
  override readonly name = 'PartlySentError';
  readonly code = 'PARTLY_SENT';

  constructor(
    /** The messages that were sent. */
    readonly sent: readonly SentText[],
    /** What was not, or of which nobody knows. */
    readonly rest: readonly FormattedText[],
    cause: unknown,
  ) {
    const total = sent.length + rest.length;
    const why = asError(cause).message;
    super(
      `Message ${sent.length + 1} of ${total} was not sent: ${why}. What is left is in rest: send that again, piece by piece`,
      { cause },
    );
  }
}

/** What sending texts needs of the client. */
export interface SendTextContext {
  readonly schema: ApiSchema;
  readonly peers: PeerInputs;
  readonly text: ApiText;
  random(length: number): Uint8Array;
  invoke(request: TlMethod<base.TypeUpdates>, options: InvokeOptions): Promise<base.TypeUpdates>;
}

/**
 * Sends a text, in as many messages as its length demands: cut at ends of lines or words, never inside of what is marked
 * as one. Whom it mentions and what stands below it is looked up before anything is sent.
 *
 * @throws TextError, KeyboardError, PeerError, SchemaError before anything is sent; what `invoke` throws, or
 * PartlySentError when some have been sent already.
 */
export async function sendText(
  context: SendTextContext,
  peer: PeerLike,
  text: string | FormattedText,
  options: SendTextOptions = {},
): Promise<SentText[]> {
  const { parseMode, signal, timeout } = options;
  const pieces = splitText(formatted(text, parseMode));
  const target = await context.peers.inputPeer(peer, { signal, timeout });
  const requests: SendRequest[] = [];
  for (const [at, piece] of pieces.entries()) {
    const place = { first: at === 0, last: at === pieces.length - 1 };
    requests.push(await requestOf(context, target, piece, place, options));
  }
  const sent: SentText[] = [];
  for (const [at, { request, randomId }] of requests.entries()) {
    try {
      sent.push(sentOf(await context.invoke(request, { signal, timeout }), randomId));
    } catch (error) {
      if (sent.length === 0) throw error;
      throw new PartlySentError(sent, pieces.slice(at), error);
    }
  }
  return sent;
}

interface SendRequest {
  readonly request: messages.SendMessageRequest;
  readonly randomId: bigint;
}

async function requestOf(
  { schema, text, random }: SendTextContext,
  peer: base.TypeInputPeer,
  piece: FormattedText,
  { first, last }: { readonly first: boolean; readonly last: boolean },
  options: SendTextOptions,
): Promise<SendRequest> {
  const { replyTo, replyMarkup, silent, noWebpage, scheduleDate, signal, timeout } = options;
  const ends = { signal, timeout };
  const entities = await entitiesOf(text, piece, ends);
  const markup = last ? await markupOf(text, piece, replyMarkup, ends) : undefined;
  const randomId = randomIdOf(random);
  const request = construct<messages.SendMessageRequest>(schema, 'messages.sendMessage', {
    peer,
    message: piece.text,
    randomId,
    silent,
    noWebpage,
    entities,
    replyMarkup: markup,
    replyTo: replyToOf(schema, first ? replyTo : undefined),
    scheduleDate: secondsOf(scheduleDate),
  });
  return { request, randomId };
}
