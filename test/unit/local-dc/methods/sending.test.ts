import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, send } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let ann: User;
let bob: User;
let anns: Device;

beforeEach(async () => {
  dc = new Harness();
  [ann, bob] = [await dc.user(), await dc.user()];
  anns = await dc.signedIn(ann);
});

const sending = (fields: Partial<messages.SendMessageRequest>) =>
  anns.call(
    new messages.SendMessageRequest({
      peer: anns.peer(bob),
      message: 'hello',
      randomId: dc.world.randomLong(),
      ...fields,
    }),
  );
const bold = (offset: number, length: number) => new tl.MessageEntityBold({ offset, length });
const last = () => bob.box.thread(`user:${ann.id}`).newest?.message as tl.Message;

describe('texts', () => {
  it('are checked', async () => {
    expect(await refusal(sending({ message: ' \n' }))).toBe('400 MESSAGE_EMPTY');
    expect(await refusal(sending({ message: 'x'.repeat(4097) }))).toBe('400 MESSAGE_TOO_LONG');
    // Each of these takes two UTF-16 units.
    expect(await refusal(sending({ message: '😀'.repeat(2049) }))).toBe('400 MESSAGE_TOO_LONG');
    await sending({ message: '😀'.repeat(2048) });
    for (const entity of [bold(-1, 1), bold(0, -1), bold(4, 2), bold(6, 0)])
      expect(await refusal(sending({ entities: [entity] }))).toBe('400 ENTITY_BOUNDS_INVALID');
    const half = { message: '😀', entities: [bold(0, 1)] };
    expect(await refusal(sending(half))).toBe('400 ENTITY_BOUNDS_INVALID');
  });

  it('are trimmed, and their entities with them', async () => {
    await sending({
      message: '  bold and  ',
      entities: [bold(7, 5), bold(0, 1), bold(1, 5), bold(3, 0)],
    });
    expect(last().message).toBe('bold and');
    expect(last().entities).toEqual([bold(0, 4), bold(5, 3)]);
  });

  it('get entities that the servers find', async () => {
    await sending({
      message: '/start https://example.org/a. @some_bot #tag a@b.org code #no',
      entities: [new tl.MessageEntityCode({ offset: 53, length: 8 })],
    });
    const { message, entities } = last();
    expect(
      entities?.map(({ _, offset, length }) => [_, message.slice(offset, offset + length)]),
    ).toEqual([
      ['messageEntityBotCommand', '/start'],
      ['messageEntityUrl', 'https://example.org/a'],
      ['messageEntityMention', '@some_bot'],
      ['messageEntityHashtag', '#tag'],
      ['messageEntityEmail', 'a@b.org'],
      ['messageEntityCode', 'code #no'],
    ]);
  });

  it('are sent once for each random id', async () => {
    await sending({ randomId: 5n });
    expect(await refusal(sending({ randomId: 5n }))).toBe('500 RANDOM_ID_DUPLICATE');
    expect(await refusal(sending({ randomId: 0n }))).toBe('400 RANDOM_ID_EMPTY');
    // What is refused uses no random id up.
    await refusal(sending({ message: '', randomId: 6n }));
    await sending({ randomId: 6n });
  });

  it('take keyboards that can be', async () => {
    const button = (text: string, type: tl.TypeInlineButtonType) =>
      new tl.ReplyInlineMarkup({
        rows: [
          new tl.KeyboardInlineButtonRow({
            buttons: [new tl.KeyboardInlineButton({ text, type })],
          }),
        ],
      });
    const data = (size: number) => new tl.InlineButtonTypeCallback({ data: new Uint8Array(size) });
    for (const [replyMarkup, error] of [
      [new tl.ReplyInlineMarkup({ rows: [] }), 'REPLY_MARKUP_INVALID'],
      [button('', data(1)), 'REPLY_MARKUP_INVALID'],
      [button('x', data(65)), 'BUTTON_DATA_INVALID'],
      [button('x', new tl.InlineButtonTypeUrl({ url: 'not a link' })), 'BUTTON_URL_INVALID'],
    ] as const)
      expect(await refusal(sending({ replyMarkup }))).toBe(`400 ${error}`);
    await sending({ replyMarkup: button('x', data(64)) });
    expect(last().replyMarkup?._).toBe('replyInlineMarkup');
  });
});

describe('media without files', () => {
  const media = (one: tl.TypeInputMedia, message = '') =>
    anns.call(
      new messages.SendMediaRequest({
        peer: anns.peer(bob),
        media: one,
        message,
        randomId: dc.world.randomLong(),
      }),
    );

  it('are sent', async () => {
    const geoPoint = new tl.InputGeoPoint({ lat: 48.1, long: 11.5 });
    await media(new tl.InputMediaDice({ emoticon: '🎲' }), 'a throw');
    expect(last()).toMatchObject({ message: 'a throw', media: { _: 'messageMediaDice' } });
    expect((last().media as tl.MessageMediaDice).value).toBeGreaterThanOrEqual(1);
    await media(
      new tl.InputMediaVenue({
        geoPoint,
        title: 'Hall',
        address: 'Street 1',
        provider: '',
        venueId: '',
        venueType: '',
      }),
    );
    expect(last().media).toMatchObject({ title: 'Hall', geo: { lat: 48.1 } });
    const text = new tl.TextWithEntities({ text: 'Which?', entities: [] });
    const answers = [new tl.InputPollAnswer({ text })];
    const poll = new tl.Poll({ id: 0n, question: text, answers, hash: 0n });
    await media(new tl.InputMediaPoll({ poll }));
    expect(last().media).toMatchObject({ poll: { answers: [{ _: 'pollAnswer' }] } });
    await media(new tl.InputMediaWebPage({ url: 'https://example.org' }));
    expect(last().media).toMatchObject({ webpage: { url: 'https://example.org' } });
  });

  it('are refused when they cannot be', async () => {
    expect(await refusal(media(new tl.InputMediaEmpty()))).toBe('400 MEDIA_EMPTY');
    expect(await refusal(media(new tl.InputMediaDice({ emoticon: 'x' })))).toBe(
      '400 EMOTICON_INVALID',
    );
    const dice = new tl.InputMediaDice({ emoticon: '🎲' });
    expect(await refusal(media(dice, 'x'.repeat(1025)))).toBe('400 MEDIA_CAPTION_TOO_LONG');
  });
});

describe('forwards', () => {
  it('say who wrote it first, and where', async () => {
    const cat = await dc.user();
    const channel = createChannel(dc.world, { title: 'N', creator: bob, members: [ann] });
    const post = send(dc.world, bob, channel, 'post');
    const note = send(dc.world, cat, ann, 'note');
    const forward = (fields: object) =>
      anns.call(
        new messages.ForwardMessagesRequest({
          fromPeer: anns.peer(cat),
          toPeer: anns.peer(bob),
          id: [note.id],
          randomId: [dc.world.randomLong()],
          ...fields,
        }),
      );
    expect(await forward({})).toMatchObject({
      updates: [{ _: 'updateMessageID' }, { _: 'updateNewMessage' }],
    });
    expect(last()).toMatchObject({ message: 'note', fwdFrom: { fromId: { userId: cat.id } } });
    await forward({ fromPeer: anns.channelPeer(channel), id: [post.id] });
    expect(last().fwdFrom).toMatchObject({
      fromId: { channelId: channel.id },
      channelPost: post.id,
    });
    await forward({ dropAuthor: true });
    expect(last().fwdFrom).toBeUndefined();
    expect(await refusal(forward({ id: [99] }))).toBe('400 MESSAGE_ID_INVALID');
    expect(await refusal(forward({ id: [] }))).toBe('400 MESSAGE_IDS_EMPTY');
    expect(await refusal(forward({ randomId: [1n, 2n] }))).toBe('400 RANDOM_ID_INVALID');
  });
});
