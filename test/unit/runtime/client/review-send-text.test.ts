import type { TlMethod, TlObject } from '@tlgen/codec';
import { base, messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { apiText } from '../../../../packages/runtime/src/client/api/text.js';
import {
  sendText,
  type SendTextContext,
} from '../../../../packages/runtime/src/client/send-text.js';
import { PeerError } from '../../../../packages/runtime/src/peers/errors.js';

/** Answers like a server; numbers name users, other names nobody. */
function make(answer: (request: messages.SendMessageRequest, at: number) => TlObject) {
  const sent: messages.SendMessageRequest[] = [];
  let random = 0;
  const peers = {
    inputPeer: () => Promise.resolve(new base.InputPeerSelf()),
    inputUser: (peer: unknown) =>
      typeof peer === 'bigint'
        ? Promise.resolve(new base.InputUser({ userId: peer, accessHash: 1n }))
        : Promise.reject(new PeerError('UNKNOWN_PEER', 'x', 'nobody')),
    inputChannel: () => Promise.reject(new Error('not asked for')),
  };
  const context: SendTextContext = {
    schema,
    peers,
    text: apiText(schema, peers),
    random: (length) => new Uint8Array(length).fill(++random),
    invoke: (request: TlMethod) => {
      const one = request as messages.SendMessageRequest;
      sent.push(one);
      return Promise.resolve(answer(one, sent.length) as base.TypeUpdates);
    },
  };
  return { context, sent };
}

const short = (id: number) => new base.UpdateShortSentMessage({ id, pts: 1, ptsCount: 1, date: 5 });
const long = 'word '.repeat(2000);

describe('a long text', () => {
  it('of which the keyboard is wrong is not sent at all', async () => {
    const { context, sent } = make((_, at) => short(at));
    const replyMarkup = { inline_keyboard: [[{ text: '' }]] } as never;
    await expect(sendText(context, 'me', long, { replyMarkup })).rejects.toMatchObject({
      name: 'KeyboardError',
    });
    expect(sent).toEqual([]);
  });

  it('that mentions nobody in its last part is not sent at all', async () => {
    const { context, sent } = make((_, at) => short(at));
    const mention = { type: 'textMention', offset: long.length - 5, length: 4, user: 'nobody' };
    const text = { text: long, entities: [mention] } as never;
    await expect(sendText(context, 'me', text)).rejects.toMatchObject({ name: 'PeerError' });
    expect(sent).toEqual([]);
  });

  it('says which parts were sent, and which one was not', async () => {
    const { context } = make((_, at) => {
      if (at === 2) throw Object.create(null);
      return short(at);
    });
    const error = await sendText(context, 'me', long).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'PartlySentError', code: 'PARTLY_SENT' });
    const { sent, rest, message } = error as {
      sent: unknown[];
      rest: { text: string }[];
      message: string;
    };
    expect(sent).toHaveLength(1);
    expect(rest.map(({ text }) => text.length)).toEqual([4094, 1810]);
    expect(message).toMatch(/^Message 2 of 3 was not sent/);
  });
});

describe('what the server answers', () => {
  it.each([
    [
      'updateShort',
      (id: bigint) =>
        new base.UpdateShort({
          update: new base.UpdateMessageID({ id: 9, randomId: id }),
          date: 3,
        }),
      9,
    ],
    ['updatesTooLong', () => new base.UpdatesTooLong(), 0],
    [
      'another message',
      () =>
        new base.UpdateShort({
          update: new base.UpdateMessageID({ id: 9, randomId: 1n }),
          date: 3,
        }),
      0,
    ],
  ])('%s', async (_name, answer, id) => {
    const { context } = make(({ randomId }) => answer(randomId));
    expect(await sendText(context, 'me', 'hello')).toMatchObject([{ id }]);
  });
});
