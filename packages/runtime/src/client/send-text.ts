import {
  TlgenError,
  type ApiSchema,
  type CallOptions,
  type ParseMode,
  type PeerLike,
  type ReplyMarkupLike,
  type TlMethod,
} from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import type { InvokeOptions } from '../core/types.js';
import { asError } from '../network/as-error.js';
import { construct, constructObject } from '../network/construct.js';
import type { PeerInputs } from '../peers/types.js';
import { parseText, splitText } from '../text/index.js';
import type { FormattedText } from '../text/types.js';
import type { ApiText } from './api/index.js';
import { eachUpdate } from './each-update.js';

/** What a text message may be sent with. `timeout` counts for each request by itself. */
export interface SendTextOptions extends CallOptions {
  /** The text is marked up. Default: it is taken as it is. */
  readonly parseMode?: ParseMode | undefined;
  /** Id of the message that this one answers; the first of several does. */
  readonly replyTo?: number | undefined;
  /** Below the last of several. */
  readonly replyMarkup?: ReplyMarkupLike | undefined;
  /** Without a sound at the receivers. */
  readonly silent?: boolean | undefined;
  /** Without a preview of links. */
  readonly noWebpage?: boolean | undefined;
  /** To be sent at that time. */
  readonly scheduleDate?: Date | undefined;
}

/** A message that was sent. */
export interface SentText {
  /** 0: the server did not tell. */
  readonly id: number;
  /** Unix time, seconds; 0: the server did not tell. */
  readonly date: number;
  /** What the server answered. */
  readonly updates: base.TypeUpdates;
}

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
  const formatted = typeof text !== 'string' ? text : plainOrParsed(text, parseMode);
  const pieces = splitText(formatted);
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

function plainOrParsed(text: string, mode: ParseMode | undefined): FormattedText {
  return mode === undefined ? { text, entities: [] } : parseText(text, mode);
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
  const entities = await text.entities(piece.entities, { signal, timeout });
  const markup = !last
    ? undefined
    : replyMarkup
      ? await text.replyMarkup(replyMarkup, { signal, timeout })
      : piece.buttons && text.linkButtons(piece.buttons);
  const bytes = random(8);
  const randomId = new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0);
  const request = construct<messages.SendMessageRequest>(schema, 'messages.sendMessage', {
    peer,
    message: piece.text,
    randomId,
    silent,
    noWebpage,
    entities: entities.length > 0 ? [...entities] : undefined,
    replyMarkup: markup,
    replyTo:
      first && replyTo !== undefined
        ? constructObject<base.InputReplyToMessage>(schema, 'inputReplyToMessage', {
            replyToMsgId: replyTo,
          })
        : undefined,
    scheduleDate: scheduleDate && Math.floor(scheduleDate.getTime() / 1000),
  });
  return { request, randomId };
}

function sentOf(updates: base.TypeUpdates, randomId: bigint): SentText {
  if (updates._ === 'updateShortSentMessage') {
    return { id: updates.id, date: updates.date, updates };
  }
  const date = 'date' in updates ? updates.date : 0;
  const own = (eachUpdate(updates) as readonly base.TypeUpdate[]).find(
    (one) => one._ === 'updateMessageID' && one.randomId === randomId,
  );
  return { id: own?._ === 'updateMessageID' ? own.id : 0, date, updates };
}
