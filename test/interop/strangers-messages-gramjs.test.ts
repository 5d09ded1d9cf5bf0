import { LocalDc } from '@tlgen/local-dc';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { strangerSchemas } from '../support/strangers/layers.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { newPerson } from '../support/strangers/people.js';
import {
  Api,
  signedInGramjs,
  type GramjsApi,
  type GramjsClient,
  type Stranger,
} from './stranger-clients.js';

let dc: LocalDc;
beforeAll(async () => {
  dc = await LocalDc.start({ layers: await strangerSchemas() });
});
const open: Stranger<GramjsClient>[] = [];
afterEach(async () => {
  const closing = open.splice(0);
  await Promise.all(closing.map((one) => one.close()));
  // The salt that it begins with, and nothing else: see strangers-gramjs.test.ts.
  const refused = dc.refusals.list.map(({ kind, code }) => `${kind} ${code}`);
  expect(refused).toEqual(closing.map(() => 'bad-salt 48'));
  dc.refusals.clear();
});
afterAll(async () => {
  expect([...dc.unhandled]).toEqual([]);
  await dc.close();
  await expectNoSockets();
});

interface Person {
  readonly client: GramjsClient;
  readonly name: string;
}

async function person(bot = false): Promise<Person> {
  const { username, account } = await newPerson(dc, { bot });
  const stranger = await signedInGramjs(dc, account);
  open.push(stranger);
  return { client: stranger.client, name: username };
}

/** What somebody has from or to another, newest first. */
const texts = async ({ client }: Person, peer: string): Promise<string[]> =>
  Array.from(await client.getMessages(peer, { limit: 20 }), (one) =>
    one.action ? one.action.className : one.message,
  );

describe('GramJS with messages', () => {
  let ann: Person;
  let bob: Person;
  beforeEach(async () => {
    [ann, bob] = await Promise.all([person(), person()]);
  });

  it('sends them formatted by HTML and Markdown, and they are read as they were written', async () => {
    const html =
      '<b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>code</code> ' +
      '<a href="https://example.org/">link</a> <pre>block</pre> <spoiler>psst</spoiler> 🦔 end';
    const sent = await ann.client.sendMessage(bob.name, { message: html, parseMode: 'html' });
    const [got] = await bob.client.getMessages(ann.name, { limit: 1 });
    const plain = 'bold both under gone code link block psst 🦔 end';
    expect([sent.message, got?.message]).toEqual([plain, plain]);
    const kinds = got?.entities?.map(({ className, offset, length }) => [
      className,
      plain.slice(offset, offset + length),
    ]);
    expect(kinds).toEqual([
      ['MessageEntityBold', 'bold both'],
      ['MessageEntityItalic', 'both'],
      ['MessageEntityUnderline', 'under'],
      ['MessageEntityStrike', 'gone'],
      ['MessageEntityCode', 'code'],
      ['MessageEntityTextUrl', 'link'],
      ['MessageEntityPre', 'block'],
      ['MessageEntitySpoiler', 'psst'],
    ]);
    const markdown = { message: '**bold** and `code`', parseMode: 'md' as const };
    await bob.client.sendMessage(ann.name, markdown);
    const [answer] = await ann.client.getMessages(bob.name, { limit: 1 });
    expect(answer?.message).toBe('bold and code');
    expect(answer?.entities?.map((one) => one.className)).toEqual([
      'MessageEntityBold',
      'MessageEntityCode',
    ]);
    expect(answer?.out).toBe(false);
  });

  it('replies, edits, forwards and deletes for both', async () => {
    const first = await ann.client.sendMessage(bob.name, { message: 'first' });
    const reply = await ann.client.sendMessage(bob.name, { message: 'reply', replyTo: first });
    const [got] = await bob.client.getMessages(ann.name, { limit: 1 });
    const original = await got?.getReplyMessage();
    expect(original?.message).toBe('first');
    const edited = await ann.client.editMessage(bob.name, { message: first.id, text: 'edited' });
    expect(edited.message).toBe('edited');
    expect(await texts(bob, ann.name)).toEqual(['reply', 'edited']);
    const again = ann.client.editMessage(bob.name, { message: first.id, text: 'edited' });
    await expect(again).rejects.toThrow('MESSAGE_NOT_MODIFIED');

    const many = { messages: [first.id, reply.id], fromPeer: bob.name };
    await ann.client.forwardMessages('me', many);
    expect(await texts(ann, 'me')).toEqual(['reply', 'edited']);
    const [saved] = await ann.client.getMessages('me', { limit: 1 });
    const me = await ann.client.getMe();
    expect(String(saved?.fwdFrom?.fromId?.className)).toBe('PeerUser');
    const from = saved?.fwdFrom?.fromId as { userId?: unknown } | undefined;
    expect(String(from?.userId)).toBe(String(me.id));

    await ann.client.deleteMessages(bob.name, [reply.id], { revoke: true });
    expect(await texts(bob, ann.name)).toEqual(['edited']);
    await bob.client.deleteMessages(ann.name, [got?.replyTo?.replyToMsgId ?? 0], {
      revoke: false,
    });
    expect([await texts(bob, ann.name), await texts(ann, bob.name)]).toEqual([[], ['edited']]);
  });

  it('pins them, finds them by filter, unpins them', async () => {
    const [one, two] = [
      await ann.client.sendMessage(bob.name, { message: 'one' }),
      await ann.client.sendMessage(bob.name, { message: 'two' }),
    ];
    const note = await ann.client.pinMessage(bob.name, one, { notify: true });
    expect(note?.action?.className).toBe('MessageActionPinMessage');
    expect(await texts(bob, ann.name)).toEqual(['MessageActionPinMessage', 'two', 'one']);
    await ann.client.pinMessage(bob.name, two, { pmOneSide: true });
    const pinned = async ({ client }: Person, peer: string) =>
      Array.from(
        await client.getMessages(peer, { filter: new Api.InputMessagesFilterPinned() }),
        ({ message }) => message,
      );
    expect([await pinned(ann, bob.name), await pinned(bob, ann.name)]).toEqual([
      ['two', 'one'],
      ['one'],
    ]);
    // Twice the same: nothing is said a second time.
    expect(await ann.client.pinMessage(bob.name, one)).toBeUndefined();
    await ann.client.unpinMessage(bob.name, two);
    expect(await pinned(ann, bob.name)).toEqual(['one']);
    const peer = await bob.client.getInputEntity(ann.name);
    await bob.client.invoke(new Api.messages.UnpinAllMessages({ peer }));
    expect([await pinned(ann, bob.name), await pinned(bob, ann.name)]).toEqual([[], []]);
  });

  it('marks them read, and the sender sees it', async () => {
    const sent = await ann.client.sendMessage(bob.name, { message: 'read me' });
    const dialog = async ({ client }: Person, name: string) => {
      const all = await client.getDialogs({});
      return all.find(({ entity }) => (entity as { username?: string }).username === name);
    };
    expect((await dialog(bob, ann.name))?.unreadCount).toBe(1);
    await bob.client.markAsRead(ann.name);
    expect((await dialog(bob, ann.name))?.unreadCount).toBe(0);
    expect((await dialog(ann, bob.name))?.dialog.readOutboxMaxId).toBe(sent.id);
  });

  it('as a bot sends buttons, which the other gets', async () => {
    const bot = await person(true);
    await ann.client.sendMessage(bot.name, { message: '/start' });
    const me = await ann.client.getMe();
    const { Button } = (await import('telegram/tl/custom/button.js')) as unknown as {
      Button: {
        inline(text: string, data: Buffer): GramjsApi.KeyboardButtonCallback;
        url(text: string, url: string): GramjsApi.KeyboardButtonUrl;
      };
    };
    const buttons = [
      [Button.inline('yes', Buffer.from('y')), Button.inline('no', Buffer.from('n'))],
      [Button.url('site', 'https://example.org/')],
    ];
    await bot.client.sendMessage(me.username ?? '', { message: 'well?', buttons });
    const [got] = await ann.client.getMessages(bot.name, { limit: 1 });
    const rows = got?.buttons?.map((row) =>
      row.map((one) => [one.text, one.data?.toString() ?? one.url]),
    );
    expect(rows).toEqual([
      [
        ['yes', 'y'],
        ['no', 'n'],
      ],
      [['site', 'https://example.org/']],
    ]);
  });
});

describe('GramJS with channels and groups', () => {
  it('makes a supergroup, adds people, posts, restricts, and deletes it', async () => {
    const [ann, bob, cleo] = await Promise.all([person(), person(), person()]);
    const made = (await ann.client.invoke(
      new Api.channels.CreateChannel({ title: 'Talk', about: 'of all', megagroup: true }),
    )) as GramjsApi.Updates;
    const [chat] = made.chats as [GramjsApi.Channel];
    const channel = await ann.client.getInputEntity(chat);
    const invite = new Api.channels.InviteToChannel({ channel, users: [bob.name, cleo.name] });
    await ann.client.invoke(invite);
    const invited = await ann.client.getParticipants(channel, {});
    expect(Array.from(invited, (one) => one.username).sort()).toEqual(
      [ann.name, bob.name, cleo.name].sort(),
    );
    await bob.client.getDialogs({});
    const post = await bob.client.sendMessage(chat.id, { message: 'hello all' });
    expect([post.message, post.isChannel, post.isGroup]).toEqual(['hello all', true, true]);
    await ann.client.invoke(
      new Api.channels.EditBanned({
        channel,
        participant: bob.name,
        bannedRights: new Api.ChatBannedRights({ untilDate: 0, sendMessages: true }),
      }),
    );
    const silenced = bob.client.sendMessage(chat.id, { message: 'again' });
    await expect(silenced).rejects.toThrow('CHAT_WRITE_FORBIDDEN');
    const filter = new Api.ChannelParticipantsBanned({ q: '' });
    const banned = await ann.client.getParticipants(channel, { filter });
    expect(Array.from(banned)).toEqual([]); // It skips those who come as peers.
    await ann.client.deleteMessages(channel, [post.id], { revoke: true });
    const posts = await ann.client.getMessages(channel, { ids: [post.id] });
    expect(Array.from(posts)).toEqual([undefined]);
    await ann.client.invoke(
      new Api.channels.EditAdmin({
        channel,
        userId: cleo.name,
        adminRights: new Api.ChatAdminRights({ banUsers: true }),
        rank: 'guard',
      }),
    );
    await ann.client.kickParticipant(channel, bob.name);
    const left = await ann.client.getParticipants(channel, {});
    expect(left.total).toBe(2);
    await ann.client.invoke(new Api.channels.DeleteChannel({ channel }));
    await expect(ann.client.getMessages(channel, { limit: 1 })).rejects.toThrow('CHANNEL_PRIVATE');
    const rest = await cleo.client.getDialogs({});
    expect(Array.from(rest)).toEqual([]);
  });

  it('makes a public channel, posts, counts views, gives and follows invite links', async () => {
    const [ann, bob] = await Promise.all([person(), person()]);
    const made = (await ann.client.invoke(
      new Api.channels.CreateChannel({ title: 'News', about: '', broadcast: true }),
    )) as GramjsApi.Updates;
    const [chat] = made.chats as [GramjsApi.Channel];
    const channel = await ann.client.getInputEntity(chat);
    const link = (await ann.client.invoke(
      new Api.messages.ExportChatInvite({ peer: channel, usageLimit: 2, title: 'two' }),
    )) as GramjsApi.ChatInviteExported;
    const hash = link.link.split('+')[1] ?? '';
    const preview = await bob.client.invoke(new Api.messages.CheckChatInvite({ hash }));
    expect(preview.className).toBe('ChatInvite');
    await bob.client.invoke(new Api.messages.ImportChatInvite({ hash }));
    expect((await bob.client.getEntity(`https://t.me/joinchat/${hash}`)).id.toString()).toBe(
      chat.id.toString(),
    );
    const post = await ann.client.sendMessage(channel, { message: 'news', silent: true });
    expect([post.views, post.post, post.silent]).toEqual([1, true, true]);
    await bob.client.getDialogs({});
    const denied = bob.client.sendMessage(chat.id, { message: 'me too' });
    await expect(denied).rejects.toThrow('CHAT_ADMIN_REQUIRED');
    const views = new Api.messages.GetMessagesViews({
      peer: await bob.client.getInputEntity(chat.id),
      id: [post.id],
      increment: true,
    });
    for (let times = 0; times < 2; times++)
      expect((await bob.client.invoke(views)).views.map((one) => one.views)).toEqual([2]);
    const username = 'gramjs_news_name';
    await ann.client.invoke(new Api.channels.UpdateUsername({ channel, username }));
    const [seen] = await bob.client.getMessages(`https://t.me/${username}`, { limit: 1 });
    expect(seen?.message).toBe('news');
    await bob.client.forwardMessages('me', { messages: [post.id], fromPeer: username });
    const [saved] = await bob.client.getMessages('me', { limit: 1 });
    expect([saved?.fwdFrom?.channelPost, saved?.fwdFrom?.fromId?.className]).toEqual([
      post.id,
      'PeerChannel',
    ]);
  });

  it('makes a basic group and leaves it', async () => {
    const [ann, bob] = await Promise.all([person(), person()]);
    const { updates } = (await ann.client.invoke(
      new Api.messages.CreateChat({ users: [bob.name], title: 'Two' }),
    )) as { updates: GramjsApi.Updates };
    const [chat] = updates.chats as [GramjsApi.Chat];
    const chatPeer = new Api.InputPeerChat({ chatId: chat.id });
    const sent = await bob.client.sendMessage(chatPeer, { message: 'hi' });
    expect(sent.message).toBe('hi');
    const [got] = await ann.client.getMessages(chatPeer, { limit: 1 });
    expect([got?.message, got?.out]).toEqual(['hi', false]);
    const leave = new Api.messages.DeleteChatUser({ chatId: chat.id, userId: 'me' });
    await bob.client.invoke(leave);
    expect((await ann.client.getParticipants(chatPeer, {})).length).toBe(1);
  });
});
