import * as tl from '@tlgen/telegram';
import type { messages } from '@tlgen/telegram';
import { copyOf, type Copy } from './scene-acts.js';
import {
  chatOf,
  plainly,
  userOf,
  type ChatLike,
  type TestMessage,
  type UserLike,
} from './scene.js';
import { maySee } from './world/channels/rights.js';
import { boxOf } from './world/input.js';
import { callbackButtons, press } from './world/pressing.js';
import type { User } from './world/types.js';
import type { World } from './world/world.js';

/** A button under a message: its bot is asked when it is pressed, or a link is opened. */
export type TestButton =
  | { readonly text: string; readonly data: string | Uint8Array }
  | { readonly text: string; readonly url: string };

const bytesOf = (data: string | Uint8Array): Uint8Array =>
  typeof data === 'string' ? new TextEncoder().encode(data) : data;

/** Rows of buttons as messages hold them. */
export function keyboard(rows: readonly (readonly TestButton[])[]): tl.ReplyInlineMarkup {
  const button = (one: TestButton) =>
    new tl.KeyboardInlineButton({
      text: one.text,
      type:
        'url' in one
          ? new tl.InlineButtonTypeUrl({ url: one.url })
          : new tl.InlineButtonTypeCallback({ data: bytesOf(one.data) }),
    });
  return new tl.ReplyInlineMarkup({
    rows: rows.map((row) => new tl.KeyboardInlineButtonRow({ buttons: row.map(button) })),
  });
}

/** The newest message of a chat that has buttons to press. */
function newestWithButtons(world: World, user: User, chat: ChatLike): Copy {
  const target = chatOf(world, chat);
  for (const letter of boxOf(user, target).thread(target.key).back())
    if (callbackButtons(letter).length > 0) return { target, letter };
  throw new TypeError(`${user.id} sees no message with buttons to press in ${target.key}`);
}

/**
 * Presses a button, and waits for the bot.
 *
 * @param button - its text or data. Default: the first.
 */
export async function pressButton(
  world: World,
  user: UserLike,
  where: ChatLike | TestMessage,
  button?: string | Uint8Array,
): Promise<messages.BotCallbackAnswer> {
  const who = userOf(world, user);
  if (who.bot) throw new TypeError(`${who.id} is a bot: bots press no buttons`);
  const { target, letter } =
    typeof where === 'object' && 'chat' in where
      ? copyOf(world, where, who)
      : newestWithButtons(world, who, where);
  // Members of groups have what was written there in a box of their own; channels have one for all.
  if ('channel' in target && !maySee(world, target.channel, who.id))
    throw new TypeError(`cannot press the button: ${who.id} may not look into ${target.key}`);
  const all = callbackButtons(letter);
  const wanted = button === undefined ? undefined : Buffer.from(bytesOf(button));
  const found = all.find(
    ({ text, data }) => wanted === undefined || text === button || wanted.equals(data),
  );
  if (!found) {
    const there = all.map(({ text }) => JSON.stringify(text)).join(', ') || 'none';
    throw new TypeError(`the message ${letter.message.id} has no such button: there are ${there}`);
  }
  const { id } = letter.message;
  return plainly('press the button', () => press(world, who, target, id, found.data));
}
