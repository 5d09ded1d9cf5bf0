// What filters add to a handler's event, alone and composed.
import { filters, type Filter, type UpdateEvent } from '@tlgen/runtime';
import { base } from '@tlgen/telegram';

/** Fails to compile unless both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | undefined => undefined;

/** As `client.on`: what the handler's event is. */
declare function on<Adds extends object>(
  filter: Filter<Adds>,
  handler: (event: UpdateEvent & Adds) => unknown,
): void;

export function single(): void {
  on(filters.all, (event) => {
    yes<Same<typeof event.message, base.TypeMessage | null>>();
    yes<Same<typeof event.chatId, bigint | null>>();
    // @ts-expect-error nothing promises a message
    void event.message.id;
    // @ts-expect-error nor a command
    void event.command;
  });
  on(filters.message, (event) => {
    yes<Same<(typeof event.message)['message'], string>>();
    void event.message.groupedId;
    yes<Same<typeof event.chatId, bigint>>();
  });
  on(filters.update('updateUserStatus', 'updateUserName'), ({ update }) => {
    yes<Same<(typeof update)['_'], 'updateUserStatus' | 'updateUserName'>>();
    if (update._ === 'updateUserName') void update.firstName;
    // @ts-expect-error not of both
    void update.status;
  });
  // @ts-expect-error there is no such update
  filters.update('updateUserStatuses');
  on(filters.service('messageActionChatAddUser'), ({ message, action }) => {
    void message.action.users;
    yes<Same<typeof action, base.MessageActionChatAddUser>>();
    // @ts-expect-error it has no text
    void message.message;
  });
  on(filters.service(), ({ action }) => yes<Same<typeof action, base.TypeMessageAction>>());
  // @ts-expect-error there is no such action
  filters.service('messageActionChatAddUsers');
  on(filters.text('yes', 'no'), ({ text }) => yes<Same<typeof text, 'yes' | 'no'>>());
  on(filters.text(), ({ text }) => yes<Same<typeof text, string>>());
  on(filters.command(['add', 'drop']), ({ command }) => {
    yes<Same<typeof command.name, 'add' | 'drop'>>();
    yes<Same<typeof command.argv, readonly string[]>>();
    // @ts-expect-error it may be for nobody by name
    void command.to.length;
  });
  on(filters.regex(/x/), ({ match }) => yes<Same<typeof match, RegExpExecArray>>());
  // @ts-expect-error an expression, not its source
  filters.regex('x');
  on(filters.album, ({ messages }) => yes<Same<typeof messages, readonly base.Message[]>>());
  on(filters.private, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.reply, ({ replyTo }) => yes<Same<typeof replyTo, number>>());
  on(filters.forwarded, ({ forward }) => yes<Same<typeof forward, base.MessageFwdHeader>>());
  on(filters.location, ({ media }) => void media.geo);
  on(filters.photo, ({ media }) => yes<Same<typeof media, base.MessageMediaPhoto>>());
  on(filters.media, ({ media }) => {
    // @ts-expect-error a link's preview is no media here
    return media._ === 'messageMediaWebPage';
  });
  on(filters.callbackQuery(), (event) => {
    yes<Same<typeof event.data, string>>();
    // @ts-expect-error without an expression there is no match
    void event.match;
  });
  on(filters.callbackQuery(/a/), (event) => {
    yes<Same<typeof event.chatId, bigint>>();
    yes<Same<typeof event.query.msgId, number>>();
    yes<Same<typeof event.update, base.UpdateBotCallbackQuery>>();
  });
  on(filters.inlineCallbackQuery('a'), (event) => {
    yes<Same<typeof event.data, 'a'>>();
    yes<Same<typeof event.query.msgId, base.TypeInputBotInlineMessageID>>();
    // @ts-expect-error nobody tells in which chat
    const id: bigint = event.chatId;
    void id;
  });
  on(filters.callbackQuery('a'), ({ data }) => yes<Same<typeof data, 'a'>>());
  on(filters.callbackQuery(/a/), ({ match, query }) => void [match.index, query.queryId]);
  on(filters.inlineQuery(/a/), ({ match, query }) => void [match.index, query.offset]);
  on(filters.typing, ({ action }) => {
    // @ts-expect-error that is no typing
    return action._ === 'sendMessageCancelAction';
  });
  on(filters.joined, ({ members }) => yes<Same<typeof members, readonly bigint[]>>());
  // @ts-expect-error a chat is an id or a name
  filters.chat({ id: 1 });
}

export function chats(): void {
  on(filters.edited, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.text(), ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.startsWith('!'), ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.regex(/a/), ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.command('a'), ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.photo, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.video, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.album, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.reply, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.incoming, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.service(), ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.joined, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.left, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.pinned, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.typing, ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  on(filters.photo.or(filters.callbackQuery()), ({ chatId }) => yes<Same<typeof chatId, bigint>>());
  // outside of channels nobody tells where messages were deleted
  on(filters.deleted, ({ chatId }) => yes<Same<typeof chatId, bigint | null>>());
}

export function composed(): void {
  on(filters.private.and(filters.command('start')), (event) => {
    yes<Same<typeof event.chatId, bigint>>();
    yes<Same<typeof event.command.name, 'start'>>();
    void event.reply(event.command.args);
  });
  on(filters.and(filters.group, filters.incoming, filters.photo, filters.reply), (event) => {
    yes<Same<typeof event.chatId, bigint>>();
    yes<Same<typeof event.replyTo, number>>();
    yes<Same<typeof event.media, base.MessageMediaPhoto>>();
    void event.message.views;
  });
  on(filters.photo.or(filters.poll), ({ media }) =>
    yes<Same<typeof media, base.MessageMediaPhoto | base.MessageMediaPoll>>(),
  );
  on(filters.or(filters.command('a'), filters.callbackQuery(), filters.reply), (event) => {
    if ('command' in event) void event.command.name;
    else if ('query' in event) void event.query.queryId;
    else void event.replyTo;
    // @ts-expect-error only one of them has it
    void event.command;
  });
  on(filters.private.and(filters.photo.or(filters.text())), (event) => {
    yes<Same<typeof event.chatId, bigint>>();
    void event.message.id;
    // @ts-expect-error perhaps it is a text
    void event.media;
  });
  on(filters.not(filters.photo), (event) => {
    // @ts-expect-error what is not found adds nothing
    void event.media;
  });
  on(filters.photo.not().and(filters.message), (event) => void event.message.id);
  on(filters.editedTo(filters.command('a')), (event) => void event.command.argv);
  on(filters.message.and(filters.service()), (event) => {
    // no message is both
    yes<Same<typeof event.message, never>>();
  });
  const many: Filter<{ readonly media: base.TypeMessageMedia }>[] = [filters.photo, filters.poll];
  on(filters.or(...many), (event) => void event.media._);
  on(filters.and(), (event) => void event.id);
  on(filters.or(), (event) => yes<Same<typeof event, never>>());
}

export function guards(): void {
  const hasChat = (event: UpdateEvent): event is UpdateEvent & { readonly chatId: bigint } =>
    event.chatId !== null;
  on(filters.where(hasChat), (event) => yes<Same<typeof event.chatId, bigint>>());
  on(filters.message.and(filters.where(hasChat)), (event) => {
    yes<Same<typeof event.chatId, bigint>>();
    void event.message.id;
  });
  on(
    filters.where((event) => event.text !== ''),
    (event) => void event.id,
  );
  on(
    filters.command('add').where(({ command }) => command.argv.length === 2),
    (event) => void event.command.args,
  );
  // @ts-expect-error a predicate tells yes or no
  filters.where((event) => event.text);
}

export async function answers(event: UpdateEvent): Promise<void> {
  const next = await event.ask('Your name?');
  yes<Same<typeof next.message.message, string>>();
  const photo = await event.ask('A photo?', filters.photo, { timeout: 5, silent: true });
  yes<Same<typeof photo.media, base.MessageMediaPhoto>>();
  const press = await photo.waitFor(filters.callbackQuery('ok'), { from: 'anyone' });
  await press.answer({ text: 'done', alert: true });
  // @ts-expect-error there is no such sender
  await event.waitFor(filters.all, { from: 'me' });
  // @ts-expect-error events are not changed
  event.chatId = 1n;
}
