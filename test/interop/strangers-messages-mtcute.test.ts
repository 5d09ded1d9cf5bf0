import { BotKeyboard } from '@mtcute/core';
import { html } from '@mtcute/html-parser';
import { LocalDc } from '@tlgen/local-dc';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { strangerSchemas } from '../support/strangers/layers.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { newPerson } from '../support/strangers/people.js';
import { all, signedInMtcute, type MtcuteClient, type Stranger } from './stranger-clients.js';

let dc: LocalDc;
beforeAll(async () => {
  dc = await LocalDc.start({ layers: await strangerSchemas() });
});
const open: Stranger<MtcuteClient>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  expect([...dc.refusals]).toEqual([]);
});
afterAll(async () => {
  expect([...dc.unhandled]).toEqual([]);
  await dc.close();
  await expectNoSockets();
});

interface Person {
  readonly client: MtcuteClient;
  readonly name: string;
}

async function person(bot = false): Promise<Person> {
  const { username, account } = await newPerson(dc, { bot });
  const stranger = await signedInMtcute(dc, account);
  open.push(stranger);
  return { client: stranger.client, name: username };
}

type Chat = Parameters<MtcuteClient['iterHistory']>[0];
/** What somebody has from or to another, newest first: texts, and what service messages say. */
const texts = async ({ client }: Person, peer: Chat): Promise<string[]> =>
  (await all(client.iterHistory(peer))).map(({ text, action }) => action?.type ?? text);

describe('mtcute with messages', () => {
  let ann: Person;
  let bob: Person;
  beforeEach(async () => {
    [ann, bob] = await Promise.all([person(), person()]);
  });

  it('sends them formatted, and they are read as they were written', async () => {
    const written = html`<b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>code</code>
      <a href="https://example.org/">link</a> <spoiler>psst</spoiler> 🦔
      <blockquote collapsible>quote</blockquote>`;
    const sent = await ann.client.sendText(bob.name, written);
    const [got] = await bob.client.getHistory(ann.name, { limit: 1 });
    expect(got?.text).toBe(sent.text);
    expect(html.unparse(got?.textWithEntities ?? '')).toBe(html.unparse(sent.textWithEntities));
    expect(got?.entities.map(({ kind, text }) => [kind, text])).toEqual([
      ['bold', 'bold both'],
      ['italic', 'both'],
      ['underline', 'under'],
      ['strikethrough', 'gone'],
      ['code', 'code'],
      ['text_link', 'link'],
      ['spoiler', 'psst'],
      ['blockquote', 'quote'],
    ]);
    expect([got?.isOutgoing, got?.sender.username, got?.date.getTime()]).toEqual([
      false,
      ann.name,
      sent.date.getTime(),
    ]);
  });

  it('replies, edits, forwards and deletes for both', async () => {
    const first = await ann.client.sendText(bob.name, 'first');
    await ann.client.replyText(first, 'reply');
    const [reply] = await bob.client.getHistory(ann.name, { limit: 1 });
    if (!reply) throw new Error('no reply');
    expect((await bob.client.getReplyTo(reply))?.text).toBe('first');
    const edited = await ann.client.editMessage({ message: first, text: 'edited' });
    expect([edited.text, edited.editDate !== null]).toEqual(['edited', true]);
    expect(await texts(bob, ann.name)).toEqual(['reply', 'edited']);
    const again = ann.client.editMessage({ message: first, text: 'edited' });
    await expect(again).rejects.toThrow('MESSAGE_NOT_MODIFIED');
    await expect(
      bob.client.editMessage({ chatId: ann.name, message: reply.id, text: 'mine' }),
    ).rejects.toThrow('MESSAGE_AUTHOR_REQUIRED');

    const both = await bob.client.getHistory(ann.name);
    const sent = await bob.client.forwardMessages({ messages: both, toChatId: 'me' });
    expect(sent.map(({ text }) => text)).toEqual(['reply', 'edited']);
    const [saved] = await bob.client.getHistory('me', { limit: 1 });
    expect(saved?.forward?.sender.displayName).toBe((await ann.client.getMe()).displayName);

    await bob.client.deleteMessagesById(ann.name, [reply.id]);
    expect(await texts(ann, bob.name)).toEqual(['edited']);
    await ann.client.deleteHistory(bob.name, { mode: 'delete' });
    expect([await texts(ann, bob.name), await texts(bob, ann.name)]).toEqual([[], ['edited']]);
    await bob.client.sendText(ann.name, 'more');
    await bob.client.deleteHistory(ann.name, { mode: 'revoke' });
    expect([await texts(ann, bob.name), await texts(bob, ann.name)]).toEqual([[], []]);
  });

  it('pins and unpins', async () => {
    const one = await ann.client.sendText(bob.name, 'one');
    const two = await ann.client.sendText(bob.name, 'two');
    const note = await ann.client.pinMessage({ message: one, bothSides: true });
    expect(note?.action?.type).toBe('message_pinned');
    expect(await ann.client.pinMessage({ message: two })).toBeNull();
    const pinned = async ({ client }: Person, chatId: string) =>
      (await client.searchMessages({ chatId, filter: { _: 'inputMessagesFilterPinned' } })).map(
        ({ text }) => text,
      );
    expect([await pinned(ann, bob.name), await pinned(bob, ann.name)]).toEqual([
      ['two', 'one'],
      ['one'],
    ]);
    expect((await ann.client.getFullUser(bob.name)).full.pinnedMsgId).toBe(two.id);
    await ann.client.unpinMessage({ message: two });
    expect(await pinned(ann, bob.name)).toEqual(['one']);
    await bob.client.unpinAllMessages(ann.name);
    expect([await pinned(ann, bob.name), await pinned(bob, ann.name)]).toEqual([[], []]);
  });

  it('marks them read, and the sender sees it', async () => {
    const sent = await ann.client.sendText(bob.name, 'read me');
    const [before] = await bob.client.getPeerDialogs(ann.name);
    expect(before?.unreadCount).toBe(1);
    await bob.client.readHistory(ann.name);
    const [after] = await bob.client.getPeerDialogs(ann.name);
    expect(after?.unreadCount).toBe(0);
    const [own] = await ann.client.getPeerDialogs(bob.name);
    expect(own?.lastReadOutgoing).toBe(sent.id);
  });

  it('as a bot sends buttons of all kinds, which the other gets', async () => {
    const bot = await person(true);
    await ann.client.sendText(bot.name, '/start');
    const replyMarkup = BotKeyboard.inline([
      [BotKeyboard.callback('yes', 'y'), BotKeyboard.callback('no', 'n')],
      [BotKeyboard.url('site', 'https://example.org/'), BotKeyboard.switchInline('go')],
    ]);
    await bot.client.sendText(ann.name, 'well?', { replyMarkup });
    const [got] = await ann.client.getHistory(bot.name, { limit: 1 });
    expect((got?.markup as { buttons?: unknown } | null | undefined)?.buttons).toMatchObject([
      [
        { _: 'keyboardButtonCallback', text: 'yes', data: new TextEncoder().encode('y') },
        { _: 'keyboardButtonCallback', text: 'no', data: new TextEncoder().encode('n') },
      ],
      [
        { _: 'keyboardButtonUrl', text: 'site', url: 'https://example.org/' },
        { _: 'keyboardButtonSwitchInline', text: 'go' },
      ],
    ]);
    const reply = BotKeyboard.reply([
      [BotKeyboard.text('plain'), BotKeyboard.requestContact('phone')],
    ]);
    await bot.client.sendText(ann.name, 'or', { replyMarkup: reply });
    const [second] = await ann.client.getHistory(bot.name, { limit: 1 });
    expect((second?.markup as { buttons?: unknown } | null | undefined)?.buttons).toMatchObject([
      [
        { _: 'keyboardButton', text: 'plain' },
        { _: 'keyboardButtonRequestPhone', text: 'phone' },
      ],
    ]);
  });
});

describe('mtcute with channels and groups', () => {
  it('makes a supergroup, adds, restricts, bans and kicks people, and deletes it', async () => {
    const [ann, bob, cleo] = await Promise.all([person(), person(), person()]);
    const chat = await ann.client.createSupergroup({ title: 'Talk', description: 'of all' });
    expect([chat.title, chat.chatType, chat.isCreator]).toEqual(['Talk', 'supergroup', true]);
    expect(await ann.client.addChatMembers(chat.id, [bob.name, cleo.name], {})).toEqual([]);
    const status = async (userId: string) =>
      (await ann.client.getChatMember({ chatId: chat.id, userId }))?.status ?? null;
    expect([await status('self'), await status(bob.name)]).toEqual(['creator', 'member']);
    await all(bob.client.iterDialogs());
    const post = await bob.client.sendText(chat.id, 'hello all');
    expect([post.text, post.sender.username]).toEqual(['hello all', bob.name]);
    const restrictions = { sendMessages: true };
    await ann.client.restrictChatMember({ chatId: chat.id, userId: bob.name, restrictions });
    await expect(bob.client.sendText(chat.id, 'more')).rejects.toThrow('CHAT_WRITE_FORBIDDEN');
    expect(await status(bob.name)).toBe('restricted');
    const banned = await ann.client.banChatMember({ chatId: chat.id, participantId: bob.name });
    expect(banned?.action?.type).toBe('user_removed');
    const names = async (type: 'banned' | 'recent') =>
      (await all(ann.client.iterChatMembers(chat.id, { type }))).map(({ user }) => user.username);
    expect([await names('banned'), await names('recent')]).toEqual([
      [bob.name],
      [cleo.name, ann.name],
    ]);
    await expect(bob.client.getHistory(chat.id)).rejects.toThrow('CHANNEL_PRIVATE');
    await ann.client.unbanChatMember({ chatId: chat.id, participantId: bob.name });
    expect([await names('banned'), await status(bob.name)]).toEqual([[], null]);
    const rights = { pinMessages: true };
    await ann.client.editAdminRights({ chatId: chat.id, userId: cleo.name, rights, rank: 'pin' });
    const admin = await ann.client.getChatMember({ chatId: chat.id, userId: cleo.name });
    expect([admin?.status, admin?.title]).toEqual(['admin', 'pin']);
    await all(cleo.client.iterDialogs());
    const note = await cleo.client.pinMessage({ chatId: chat.id, message: post.id });
    expect(note?.action?.type).toBe('message_pinned');
    expect((await cleo.client.getFullChat(chat.id)).pinnedMsgId).toBe(post.id);
    await cleo.client.leaveChat(chat.id);
    expect(await names('recent')).toEqual([ann.name]);
    await ann.client.deleteChannel(chat.id);
    await expect(ann.client.getHistory(chat.id)).rejects.toThrow('CHANNEL_PRIVATE');
  });

  it('makes a channel, gives, counts, edits and revokes links, and others join by them', async () => {
    const [ann, bob, cleo] = await Promise.all([person(), person(), person()]);
    const chat = await ann.client.createChannel({ title: 'News' });
    const primary = await ann.client.getPrimaryInviteLink(chat.id);
    expect(primary.raw.permanent).toBe(true);
    const preview = await bob.client.getChatPreview(primary.link);
    expect([preview.title, preview.type, preview.memberCount]).toEqual(['News', 'channel', 1]);
    const joined = await bob.client.joinChat(primary.link);
    expect(joined.status === 'ok' && joined.chat.id).toBe(chat.id);
    expect((await bob.client.getChat(primary.link)).id).toBe(chat.id);
    await expect(bob.client.joinChat(primary.link)).rejects.toThrow('USER_ALREADY_PARTICIPANT');

    const link = await ann.client.createInviteLink(chat.id, { usageLimit: 5 });
    const edited = await ann.client.editInviteLink({ chatId: chat.id, link, withApproval: true });
    expect([edited.usageLimit, edited.approvalNeeded]).toEqual([5, true]);
    expect(await cleo.client.joinChat(link.link)).toEqual({ status: 'request_sent' });
    const links = await ann.client.getInviteLinks(chat.id);
    expect(links.map((one) => [one.link, one.usage])).toEqual([
      [primary.link, 1],
      [link.link, 0],
    ]);
    await ann.client.revokeInviteLink(chat.id, link);
    await expect(cleo.client.joinChat(link.link)).rejects.toThrow('INVITE_HASH_EXPIRED');
    const next = await ann.client.revokeInviteLink(chat.id, primary);
    expect([next.raw.permanent, next.link === primary.link]).toEqual([true, false]);
    const exported = await ann.client.exportInviteLink(chat.id);
    await expect(cleo.client.joinChat(next.link)).rejects.toThrow('INVITE_HASH_EXPIRED');
    expect((await cleo.client.joinChat(exported.link)).status).toBe('ok');

    await ann.client.setChatUsername(chat.id, 'mtcute_news_name');
    const post = await ann.client.sendText(chat.id, 'news');
    const found = await bob.client.getChat('mtcute_news_name');
    expect([found.id, found.chatType]).toEqual([chat.id, 'channel']);
    const [seen] = await bob.client.getHistory('mtcute_news_name', { limit: 1 });
    expect([seen?.text, seen?.views]).toEqual(['news', 1]);
    const [sent] = await bob.client.forwardMessagesById({
      toChatId: 'me',
      fromChatId: chat.id,
      messages: [post.id],
    });
    expect(sent?.forward?.fromMessageId).toBe(post.id);
  });

  it('names whom it met in a channel only by the message they wrote', async () => {
    const [ann, bob] = await Promise.all([person(), person()]);
    const owner = await dc.createUser({ firstName: 'Owner' });
    const [annUser, bobUser] = [ann, bob].map(({ name }) => dc.world.userByUsername(name));
    if (!annUser || !bobUser) throw new Error('nobody');
    const members = [annUser, bobUser];
    const talk = dc.createChannel({ title: 'Strangers', megagroup: true, creator: owner, members });
    // So that the list of conversations does not speak of Bob.
    dc.send(owner, talk, 'welcome');
    await all(ann.client.iterDialogs());
    const got = new Promise<number>((resolve) => {
      ann.client.onNewMessage.add((message) => {
        if (message.sender.id === Number(bobUser.id)) resolve(message.id);
      });
    });
    // Without a user name, nothing but the message leads to somebody.
    await bob.client.setMyUsername(null);
    const supergroup = await peerOf(ann, talk.title);
    await bob.client.sendText(await peerOf(bob, talk.title), 'hello strangers');
    const [msgId, userId] = [await got, Number(bobUser.id)];
    // mtcute remembers the hash of a short form as if it were good for everything: the servers do not take it.
    await expect(ann.client.sendText(userId, 'hello you')).rejects.toThrow('PEER_ID_INVALID');
    const peer = { _: 'inputPeerUserFromMessage' as const, peer: supergroup, msgId, userId };
    const full = await ann.client.getFullUser(peer);
    expect([full.id, full.firstName]).toEqual([userId, bobUser.firstName]);
    const sent = await ann.client.sendText(peer, 'hello you');
    expect([sent.text, sent.chat.id]).toEqual(['hello you', userId]);
  });

  it('makes a basic group, changes it and leaves it', async () => {
    const [ann, bob] = await Promise.all([person(), person()]);
    const { chat } = await ann.client.createGroup({ title: 'Two', users: bob.name });
    await all(bob.client.iterDialogs());
    await bob.client.sendText(chat.id, 'hi');
    await ann.client.setChatTitle(chat.id, 'Pair');
    expect(await texts(ann, chat.id)).toEqual(['title_changed', 'hi', 'chat_created']);
    expect((await bob.client.getChat(chat.id)).title).toBe('Pair');
    await bob.client.leaveChat(chat.id);
    expect((await ann.client.getChatMembers(chat.id)).map(({ user }) => user.username)).toEqual([
      ann.name,
    ]);
  });
});

/** The peer of a conversation by its title. */
async function peerOf({ client }: Person, title: string) {
  for await (const { peer } of client.iterDialogs())
    if (peer.displayName === title) return peer.inputPeer;
  throw new Error(`there is no ${title}`);
}
