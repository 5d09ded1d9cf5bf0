import { base, type messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { beforeEach, describe, expect, it } from 'vitest';
import { apiText } from '../../../../packages/runtime/src/client/api/text.js';
import {
  sendText,
  type SendTextContext,
} from '../../../../packages/runtime/src/client/send-text.js';
import type { PeerInputs } from '../../../../packages/runtime/src/peers/types.js';
import { Random } from '../../../support/random.js';

let sent: messages.SendMessageRequest[];
let failAt: number;
let context: SendTextContext;
beforeEach(() => {
  sent = [];
  failAt = Infinity;
  const random = new Random(3);
  const input = new base.InputPeerUser({ userId: 7n, accessHash: 8n });
  const peers = { inputPeer: () => Promise.resolve(input) } as unknown as PeerInputs;
  context = {
    schema,
    peers,
    text: apiText(schema, peers),
    random: (length) => random.bytes(length),
    invoke: async (request) => {
      if (sent.length === failAt) throw new Error('no more');
      sent.push(request as messages.SendMessageRequest);
      const { length: id } = sent;
      return new base.UpdateShortSentMessage({ id, pts: 1, ptsCount: 1, date: id + 1000 });
    },
  };
});

const long = Array.from({ length: 3000 }, (_, i) => `w${i}`).join(' ');
const keyboard = { inline_keyboard: [[{ text: 'a', url: 'https://a.example' }]] };

describe('a text of several messages', () => {
  it('is an answer with the first of them, and has its keyboard below the last', async () => {
    const done = await sendText(context, 'me', long, { replyTo: 33, replyMarkup: keyboard });
    expect(done.map(({ id }) => id)).toEqual(sent.map((_, i) => i + 1));
    expect(sent.length).toBeGreaterThan(3);
    expect(sent.map(({ replyTo }) => replyTo !== undefined)).toEqual(sent.map((_, i) => i === 0));
    expect(sent.map(({ replyMarkup }) => replyMarkup !== undefined)).toEqual(
      sent.map((_, i) => i === sent.length - 1),
    );
    expect(sent.flatMap(({ message }) => message.split(' ')).join(' ')).toBe(long);
    expect(new Set(sent.map(({ randomId }) => randomId)).size).toBe(sent.length);
  });

  it('that fails in the middle says what was sent and what was not', async () => {
    failAt = 2;
    const error: unknown = await sendText(context, 'me', long).catch((one: unknown) => one);
    expect(error).toMatchObject({ code: 'PARTLY_SENT' });
    const { sent: there, rest } = error as { sent: unknown[]; rest: { text: string }[] };
    expect(there).toHaveLength(2);
    const all = [...sent.map(({ message }) => message), ...rest.map(({ text }) => text)];
    expect(all.join(' ')).toBe(long);
  });

  it('of which the first fails is not partly sent', async () => {
    failAt = 0;
    await expect(sendText(context, 'me', long)).rejects.toThrow('no more');
  });

  it('has the buttons of its links below the last', async () => {
    await sendText(context, 'me', `[b](buttonurl:https://a.example)${long}`, {
      parseMode: 'markdown',
    });
    expect(sent.map(({ replyMarkup }) => replyMarkup?._)).toEqual([
      ...sent.slice(1).map(() => undefined),
      'replyInlineMarkup',
    ]);
  });
});
