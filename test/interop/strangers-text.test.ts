import { BotKeyboard } from '@mtcute/core';
import { html } from '@mtcute/html-parser';
import { LocalDc } from '@tlgen/local-dc';
import { fromMessageEntities, toHtml, type Client } from '@tlgen/runtime';
import * as tl from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangerSchemas } from '../support/strangers/layers.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { ownTalker } from '../support/strangers/own-talker.js';
import { newPerson } from '../support/strangers/people.js';
import {
  Api,
  signedInGramjs,
  signedInMtcute,
  type GramjsClient,
  type MtcuteClient,
} from './stranger-clients.js';

/** A text in each library's own words: they mean the same. */
const PLAIN = 'bold both under gone code 🦔 link psst block tail';
const HTML =
  '<b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>code</code> 🦔 ' +
  '<a href="https://example.org/?a=1&amp;b=2">link</a> ' +
  '<tg-spoiler>psst</tg-spoiler> <pre>block</pre> tail';

let dc: LocalDc;
let gram: { client: GramjsClient; name: string; close(): Promise<void> };
let mt: { client: MtcuteClient; name: string; close(): Promise<void> };
let own: { client: Client; name: string; close(): Promise<void> };
beforeAll(async () => {
  dc = await LocalDc.start({ layers: await strangerSchemas() });
  // Bots, so that they may send buttons; ours is a person, for bots do not write to each other.
  const [one, two, three] = [
    await newPerson(dc, { bot: true }),
    await newPerson(dc, { bot: true }),
    await newPerson(dc),
  ];
  gram = { ...(await signedInGramjs(dc, one.account)), name: one.username };
  mt = { ...(await signedInMtcute(dc, two.account)), name: two.username };
  own = { ...(await ownTalker(dc, three.account)), name: three.username };
});
afterAll(async () => {
  for (const one of [gram, mt, own]) await one.close();
  expect([...dc.unhandled]).toEqual([]);
  await dc.close();
  await expectNoSockets();
  expect(dc.refusals.list.map(({ kind, code }) => `${kind} ${code}`)).toEqual(['bad-salt 48']);
});

/** The newest message of a chat, as our client reads it. */
async function newest(peer: string): Promise<tl.Message> {
  for await (const message of own.client.peers.history(peer, { limit: 1 }))
    if (message instanceof tl.Message) return message;
  throw new Error('no message');
}

const htmlOf = ({ message, entities = [] }: tl.Message): string =>
  toHtml({ text: message, entities: fromMessageEntities(entities) });

/** What buttons there are: their texts, and what they do. */
const buttonsOf = ({ replyMarkup }: tl.Message): unknown[][] =>
  replyMarkup instanceof tl.ReplyInlineMarkup
    ? replyMarkup.rows.map(({ buttons }) =>
        buttons.map(({ text, type }) =>
          type instanceof tl.InlineButtonTypeCallback
            ? [text, Buffer.from(type.data).toString()]
            : [text, 'url' in type ? type.url : type._],
        ),
      )
    : [];
const BUTTONS = [
  [
    ['yes', 'y'],
    ['site', 'https://example.org/'],
  ],
];

describe('texts and buttons of other libraries', () => {
  it('of GramJS are read by our client as they were written', async () => {
    const message = HTML.replaceAll('tg-spoiler', 'spoiler').replace('&amp;', '&');
    const buttons = [
      [
        new Api.KeyboardButtonCallback({ text: 'yes', data: Buffer.from('y') }),
        new Api.KeyboardButtonUrl({ text: 'site', url: 'https://example.org/' }),
      ],
    ];
    await gram.client.sendMessage(own.name, { message, parseMode: 'html', buttons });
    const got = await newest(gram.name);
    expect(got.message).toBe(PLAIN);
    expect(htmlOf(got)).toBe(HTML);
    expect(buttonsOf(got)).toEqual(BUTTONS);
  });

  it('of mtcute are read by our client as they were written', async () => {
    const replyMarkup = BotKeyboard.inline([
      [BotKeyboard.callback('yes', 'y'), BotKeyboard.url('site', 'https://example.org/')],
    ]);
    const text = html(HTML.replaceAll('tg-spoiler', 'spoiler'));
    await mt.client.sendText(own.name, text, { replyMarkup });
    const got = await newest(mt.name);
    expect(got.message).toBe(PLAIN);
    expect(htmlOf(got)).toBe(HTML);
    expect(buttonsOf(got)).toEqual(BUTTONS);
  });

  it('of our client are read by both as they were written', async () => {
    for (const { name } of [gram, mt]) await own.client.sendText(name, HTML, { parseMode: 'html' });
    const sent = await newest(gram.name);
    const [byGram] = await gram.client.getMessages(own.name, { ids: [lastId(gram.name)] });
    const kinds = sent.entities?.map(({ _, offset, length }) => [_, offset, length]);
    expect(byGram?.message).toBe(PLAIN);
    const low = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);
    expect(
      byGram?.entities?.map(({ className, offset, length }) => [low(className), offset, length]),
    ).toEqual(kinds);
    const [byMt] = await mt.client.getMessages(own.name, [lastId(mt.name)]);
    expect(byMt?.text).toBe(PLAIN);
    expect(byMt?.entities.map(({ raw }) => [raw._, raw.offset, raw.length])).toEqual(kinds);
    const link = byMt?.entities.find(({ kind }) => kind === 'text_link');
    expect(link?.params).toEqual({ kind: 'text_link', url: 'https://example.org/?a=1&b=2' });
  });
});

/** The id that the newest message has for a bot: bots cannot list histories. */
function lastId(name: string): number {
  const box = dc.world.userByUsername(name)?.box;
  return box?.newestId ?? 0;
}
