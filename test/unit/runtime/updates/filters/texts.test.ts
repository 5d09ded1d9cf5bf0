import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { FilterError, filters } from '../../../../../packages/runtime/src/updates/filters/index.js';
import { edit, group, newMessage, post, serviceMessage, user } from '../event/kit.js';
import { found, passes } from './kit.js';
import type { EventOptions } from '../event/kit.js';

const say = (message: string, init: object = {}): base.UpdateNewMessage =>
  newMessage({ message, ...init });
const service = serviceMessage(new base.MessageActionPinMessage());

describe('text', () => {
  it('has one, or one of these', () => {
    const update = say('yes');
    expect(found(filters.text(), update)).toEqual({
      message: update.message,
      chatId: 100n,
      text: 'yes',
    });
    expect(passes(filters.text('yes', 'no'), update)).toBe(true);
    expect(passes(filters.text('YES', 'ye', 'yes!'), update)).toBe(false);
    expect(passes(filters.text(), say(''))).toBe(false);
    expect(passes(filters.text(), service)).toBe(false);
    expect(passes(filters.text(), edit())).toBe(false);
    expect(passes(filters.text(), post({ message: 'caption' }))).toBe(true);
  });

  it('startsWith', () => {
    expect(found(filters.startsWith('!', '?'), say('?x'))?.text).toBe('?x');
    expect(passes(filters.startsWith('!', '?'), say('x?'))).toBe(false);
    expect(() => filters.startsWith()).toThrow(FilterError);
  });
});

describe('regex', () => {
  it('adds what it found', () => {
    const match = found(filters.regex(/^(\d+) \+ (?<b>\d+)$/), say('1 + 2'))?.match;
    expect(match?.[1]).toBe('1');
    expect(match?.groups?.['b']).toBe('2');
    expect(passes(filters.regex(/\d/), say('none'))).toBe(false);
    expect(passes(filters.regex(/(?:)/), say(''))).toBe(false);
    expect(passes(filters.regex(/l/), edit())).toBe(false);
  });

  it.each(['g', 'y', 'gy'])('flag %s carries nothing from one message to the next', (flags) => {
    const pattern = new RegExp('a', flags);
    pattern.lastIndex = 3;
    const filter = filters.regex(pattern);
    for (let run = 0; run < 3; run++) expect(found(filter, say('aaaa'))?.match.index).toBe(0);
    expect(pattern.lastIndex).toBe(3);
    expect(passes(filters.regex(new RegExp('b', flags)), say('ab'))).toBe(!flags.includes('y'));
  });
});

describe('command', () => {
  const start = filters.command('start');

  it.each([
    ['/start', { name: 'start', args: '', argv: [], to: null }],
    ['/start a  b\nc ', { name: 'start', args: 'a  b\nc', argv: ['a', 'b', 'c'], to: null }],
    ['/START\nnext', { name: 'start', args: 'next', argv: ['next'], to: null }],
    ['/start@OURBOT code', { name: 'start', args: 'code', argv: ['code'], to: 'OURBOT' }],
    ['/start@other', null],
    ['/start@', null],
    ['/starting', null],
    ['start', null],
    [' /start', null],
    ['say /start', null],
    ['/', null],
    ['/ start', null],
    ['', null],
  ])('%j', (text, expected) => {
    expect(found(start, say(text))?.command ?? null).toEqual(expected);
  });

  it('is about new messages', () => {
    expect(passes(start, edit({ message: '/start' }))).toBe(false);
    expect(passes(start, service)).toBe(false);
  });

  it('tells several apart, as they were given', () => {
    const filter = filters.command(['Help', 'add'], { prefix: ['!', '..'] });
    expect(found(filter, say('!HELP'))?.command.name).toBe('Help');
    expect(found(filter, say('..add x'))?.command.args).toBe('x');
    expect(passes(filter, say('/help'))).toBe(false);
    const exact = filters.command('Help', { caseSensitive: true });
    expect(passes(exact, say('/Help'))).toBe(true);
    expect(passes(exact, say('/help'))).toBe(false);
    expect(found(filters.command('hi', { prefix: '' }), say('hi you'))?.command.args).toBe('you');
  });

  it.each<[string, EventOptions, boolean]>([
    ['OurBot', {}, true],
    ['other', {}, false],
    ['second', {}, false],
    ['other', { self: { id: 7n, bot: true, username: null } }, false],
    ['other', { self: null }, false],
    [
      'second',
      {
        self: { id: 7n, bot: true, username: null },
        users: [
          new base.User({
            id: 7n,
            usernames: [new base.Username({ username: 'Second', active: true })],
          }),
        ],
      },
      true,
    ],
  ])('in a group, for @%s', (name, options, expected) => {
    const update = say(`/start@${name}`, { peerId: group(9n), fromId: user(3n) });
    expect(passes(start, update, options)).toBe(expected);
  });

  it('in a private chat nobody else can be meant', () => {
    const nameless = { self: { id: 7n, bot: true, username: null } };
    expect(passes(start, say('/start@any'), nameless)).toBe(true);
    expect(passes(start, say('/start@any'))).toBe(false);
  });

  it.each<[string, () => unknown]>([
    ['no name', () => filters.command([])],
    ['an empty name', () => filters.command('')],
    ['two words', () => filters.command('two words')],
    ['a bot', () => filters.command('start@bot')],
    ['the prefix', () => filters.command('/start')],
    ['no prefix', () => filters.command('start', { prefix: [] })],
  ])('refuses %s', (_title, make) => {
    expect(make).toThrow(FilterError);
  });
});

describe('queries', () => {
  const press = (data?: string | Uint8Array): base.UpdateBotCallbackQuery =>
    new base.UpdateBotCallbackQuery({
      queryId: 1n,
      userId: 3n,
      peer: user(3n),
      msgId: 1,
      chatInstance: 1n,
      data: typeof data === 'string' ? new TextEncoder().encode(data) : data,
    });

  it('callbackQuery', () => {
    const update = press('page:2');
    expect(found(filters.callbackQuery(), update)).toEqual({
      update,
      query: update,
      chatId: 3n,
      data: 'page:2',
    });
    expect(passes(filters.callbackQuery('page:2'), update)).toBe(true);
    expect(passes(filters.callbackQuery('page'), update)).toBe(false);
    const pattern = filters.callbackQuery(/^page:(\d+)$/g);
    for (let run = 0; run < 2; run++) expect(found(pattern, update)?.match[1]).toBe('2');
    expect(passes(pattern, press('other'))).toBe(false);
    expect(found(filters.callbackQuery(), press())?.data).toBe('');
    expect(found(filters.callbackQuery(), press(new Uint8Array([255])))?.data).toBe('\ufffd');
    expect(passes(filters.callbackQuery(), newMessage())).toBe(false);
  });

  it('inlineCallbackQuery knows messages sent by way of the bot', () => {
    const update = new base.UpdateInlineBotCallbackQuery({
      queryId: 1n,
      userId: 3n,
      msgId: new base.InputBotInlineMessageID({ dcId: 2, id: 1n, accessHash: 1n }),
      chatInstance: 1n,
      data: new TextEncoder().encode('é'),
    });
    expect(found(filters.inlineCallbackQuery('é'), update)).toEqual({
      update,
      query: update,
      data: 'é',
    });
    expect(found(filters.inlineCallbackQuery(/./), update)?.match[0]).toBe('é');
    expect(passes(filters.inlineCallbackQuery('e'), update)).toBe(false);
    expect(passes(filters.inlineCallbackQuery(), press('é'))).toBe(false);
    expect(passes(filters.callbackQuery(), update)).toBe(false);
  });

  it('inlineQuery', () => {
    const update = new base.UpdateBotInlineQuery({
      queryId: 1n,
      userId: 3n,
      query: 'weather Oslo',
      offset: '',
    });
    expect(found(filters.inlineQuery(), update)).toEqual({
      update,
      query: update,
      queryText: 'weather Oslo',
    });
    expect(found(filters.inlineQuery(/^weather (.+)/), update)?.match[1]).toBe('Oslo');
    expect(passes(filters.inlineQuery('weather Oslo'), update)).toBe(true);
    expect(passes(filters.inlineQuery(''), update)).toBe(false);
    expect(passes(filters.inlineQuery(/^news/), update)).toBe(false);
    expect(passes(filters.inlineQuery(), press('x'))).toBe(false);
  });
});
