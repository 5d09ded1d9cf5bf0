import {
  TlgenError,
  type ApiSchema,
  type CallOptions,
  type ParseMode,
  type PeerLike,
  type ReplyMarkupLike,
} from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import type { InvokeOptions } from '../core/types.js';
import { construct, constructObject } from '../network/construct.js';
import type { PeerInputs } from '../peers/types.js';
import { parseText } from '../text/index.js';
import { splitText } from '../text/index.js';
import type { FormattedText } from '../text/types.js';
import type { ApiText } from './api/index.js';

/** What a text message may be sent with. */
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
  readonly id: number;
  /** Unix time, seconds. */
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
    super(`Message ${sent.length + 1} of ${total} was not sent: ${String(cause)}`, { cause });
  }
}

/** What sending texts needs of the client. */
export interface SendTextContext {
  readonly schema: ApiSchema;
  readonly peers: PeerInputs;
  readonly text: ApiText;
  random(length: number): Uint8Array;
  invoke<Result>(
    request: messages.SendMessageRequest & { $errors?: Result },
    options: InvokeOptions,
  ): Promise<base.TypeUpdates>;
}

/**
 * Sends a text, in as many messages as its length demands: cut at ends of lines or words, never inside of what is marked
 * as one.
 *
 * @throws TextError when the markup is wrong, before anything is sent; PeerError; RpcError, or PartlySentError when
 * some have been sent already.
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
  const sent: SentText[] = [];
  for (const [at, piece] of pieces.entries()) {
    try {
      const place = { first: at === 0, last: at === pieces.length - 1 };
      sent.push(await sendPiece(context, target, piece, place, options));
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

async function sendPiece(
  context: SendTextContext,
  peer: base.TypeInputPeer,
  piece: FormattedText,
  { first, last }: { readonly first: boolean; readonly last: boolean },
  options: SendTextOptions,
): Promise<SentText> {
  const { schema, text } = context;
  const { replyTo, replyMarkup, silent, noWebpage, scheduleDate, signal, timeout } = options;
  const entities = await text.entities(piece.entities, { signal, timeout });
  const markup = !last
    ? undefined
    : replyMarkup
      ? await text.replyMarkup(replyMarkup, { signal, timeout })
      : piece.buttons && text.linkButtons(piece.buttons);
  const bytes = context.random(8);
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
  return sentOf(await context.invoke(request, { signal, timeout }), randomId);
}

function sentOf(updates: base.TypeUpdates, randomId: bigint): SentText {
  if (updates._ === 'updateShortSentMessage') {
    return { id: updates.id, date: updates.date, updates };
  }
  const list = 'updates' in updates ? updates.updates : [];
  const date = 'date' in updates ? updates.date : 0;
  for (const one of list) {
    if (one._ === 'updateMessageID' && one.randomId === randomId) {
      return { id: one.id, date, updates };
    }
  }
  return { id: 0, date, updates };
}
