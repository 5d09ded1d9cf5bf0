import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { tell } from './deliveries.js';
import { badRequest } from './fault.js';
import { boxOf, type Target } from './input.js';
import { callbackKey } from './kept-updates.js';
import { peerOf } from './mentioned.js';
import type { Letter, PeerKey, User } from './types.js';
import type { World } from './world.js';

/** Milliseconds that a bot has for its answer. */
const PATIENCE = 15_000;
/** Most UTF-16 units of an answer. */
const ANSWER_MAX = 200;

/** The buttons of a message that its bot is asked about. */
export function callbackButtons({ message }: Letter): { text: string; data: Uint8Array }[] {
  const markup = message instanceof tl.Message ? message.replyMarkup : undefined;
  if (!(markup instanceof tl.ReplyInlineMarkup)) return [];
  return markup.rows.flatMap(({ buttons }) =>
    buttons.flatMap(({ text, type }) =>
      type instanceof tl.InlineButtonTypeCallback ? [{ text, data: type.data }] : [],
    ),
  );
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/** The bot that wrote a message. */
function botOf(world: World, { message, senderId }: Letter): User | undefined {
  const from = message.fromId;
  const id = senderId ?? (from instanceof tl.PeerUser ? from.userId : undefined);
  const user = id === undefined ? undefined : world.user(id);
  return user?.bot && !user.deleted ? user : undefined;
}

/**
 * Presses a button: tells the bot, and waits for what it says (https://core.telegram.org/api/bots/buttons).
 *
 * @param signal - who pressed has gone.
 * @throws RpcFault `MESSAGE_ID_INVALID`, `DATA_INVALID`, `BOT_RESPONSE_TIMEOUT`; TypeError when the data center is
 * closed, before or meanwhile.
 */
export function press(
  world: World,
  user: User,
  target: Target,
  msgId: number,
  data: Uint8Array | undefined,
  signal?: AbortSignal,
): Promise<messages.BotCallbackAnswer> {
  world.callbacks.mustBeOpen();
  const letter = boxOf(user, target).letters.get(msgId);
  const bot = letter?.peer === target.key ? botOf(world, letter) : undefined;
  if (!letter || !bot) throw badRequest('MESSAGE_ID_INVALID');
  if (!data || !callbackButtons(letter).some((one) => sameBytes(one.data, data)))
    throw badRequest('DATA_INVALID');
  const seen = 'channel' in target ? letter : bot.box.byUid(letter.uid);
  if (!seen) throw badRequest('MESSAGE_ID_INVALID');
  // No event comes of what was over before.
  if (signal?.aborted) throw badRequest('BOT_RESPONSE_TIMEOUT');
  const queryId = world.randomLong();
  const { key } = target;
  const update = new tl.UpdateBotCallbackQuery({
    queryId,
    userId: user.id,
    peer: peerOf(seen.peer),
    msgId: seen.message.id,
    chatInstance: instanceOf(world, 'user' in target ? [`user:${user.id}`, key] : [key]),
    data,
  });
  return new Promise((resolve, reject) => {
    const late = world.options.after?.(PATIENCE, () => tooLate());
    const end = (): void => {
      late?.cancel();
      signal?.removeEventListener('abort', tooLate);
      world.callbacks.forget(queryId);
      for (const { kept } of world.homesOf(bot.id)) kept.drop(callbackKey(queryId));
    };
    const fail = (reason: Error): void => {
      end();
      reject(reason);
    };
    const tooLate = (): void => fail(badRequest('BOT_RESPONSE_TIMEOUT'));
    const answer = (said: messages.BotCallbackAnswer): void => {
      end();
      resolve(said);
    };
    signal?.addEventListener('abort', tooLate);
    world.callbacks.add(queryId, { botId: bot.id, answer, fail });
    tell(world, bot, [update]);
  });
}

/** The same number for all buttons of one conversation, whoever asks. */
function instanceOf(world: World, keys: readonly PeerKey[]): bigint {
  const mac = world.mac(`instance/${[...keys].sort().join('/')}`);
  return new DataView(mac.buffer, mac.byteOffset, 8).getBigInt64(0);
}

/** The bot says something to who pressed. @throws RpcFault `QUERY_ID_INVALID`, `MESSAGE_TOO_LONG`, `URL_INVALID` */
export function answerPress(
  world: World,
  bot: User,
  said: Pick<
    messages.SetBotCallbackAnswerRequest,
    'queryId' | 'alert' | 'message' | 'url' | 'cacheTime'
  >,
): void {
  const { queryId, alert, message, url, cacheTime } = said;
  if (message !== undefined && message.length > ANSWER_MAX) throw badRequest('MESSAGE_TOO_LONG');
  if (url !== undefined && !URL.canParse(url)) throw badRequest('URL_INVALID');
  const query = world.callbacks.take(queryId, bot.id);
  if (!query) throw badRequest('QUERY_ID_INVALID');
  const hasUrl = url !== undefined;
  query.answer(new messages.BotCallbackAnswer({ alert, message, url, hasUrl, cacheTime }));
}
