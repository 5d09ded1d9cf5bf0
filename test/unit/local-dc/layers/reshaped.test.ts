import {
  apiSchema,
  decode,
  decodeWith,
  encode,
  fromJson,
  toJson,
  type ApiSchema,
} from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { registry as newest } from '@tlgen/telegram/registry';
import { schema as newestSchema } from '@tlgen/telegram/schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { Layers, Translator } from '../../../../packages/local-dc/src/layers/index.js';
import { generatedLayer } from '../../../support/generated-layer.js';

const inline = new tl.ReplyInlineMarkup({
  rows: [
    new tl.KeyboardInlineButtonRow({
      buttons: [
        new tl.KeyboardInlineButton({
          text: 'yes',
          type: new tl.InlineButtonTypeCallback({ data: Uint8Array.of(1), requiresPassword: true }),
        }),
        new tl.KeyboardInlineButton({
          text: 'site',
          type: new tl.InlineButtonTypeUrl({ url: 'https://example.org/' }),
        }),
      ],
    }),
  ],
});
const plain = new tl.ReplyKeyboardMarkup({
  rows: [
    new tl.KeyboardButtonRow({
      buttons: [
        new tl.KeyboardButton({ text: 'plain', type: new tl.ButtonTypeDefault() }),
        new tl.KeyboardButton({ text: 'phone', type: new tl.ButtonTypeRequestPhone() }),
      ],
    }),
  ],
});

describe.each([198, 227])('layer %i', (layer) => {
  let older: ApiSchema;
  beforeAll(async () => {
    older = apiSchema(layer, (await generatedLayer(layer)).registry);
  });

  it('has a constructor for each kind of button, and the newest one for all: both ways nothing is lost', () => {
    const losses: string[] = [];
    const down = new Translator(older.registry, {
      layer,
      onLoss: ({ message }) => losses.push(message),
    });
    const up = new Translator(newest, { layer: newestSchema.layer, strict: true });
    for (const markup of [inline, plain]) {
      const there = decode(encode(down.object(markup)), older.registry);
      const back = up.object(there);
      expect(toJson(back)).toEqual(toJson(markup));
    }
    const there = decode(encode(down.object(inline)), older.registry);
    expect(toJson(there)).toMatchObject({
      rows: [
        {
          _: 'keyboardButtonRow',
          buttons: [
            { _: 'keyboardButtonCallback', text: 'yes' },
            { _: 'keyboardButtonUrl', text: 'site', url: 'https://example.org/' },
          ],
        },
      ],
    });
    expect(losses).toEqual([]);
  });

  it('is answered with what is within, where the newest wraps an answer', () => {
    const layers = new Layers(newestSchema, [older], () => {});
    const own = fromJson({ _: 'messages.importChatInvite', hash: 'x' }, older.registry);
    const id = older.registry.named('messages.importChatInvite')?.id ?? 0;
    const request = layers.request(encode(own), id, layer);
    const updates = new tl.Updates({ updates: [], users: [], chats: [], date: 5, seq: 0 });
    const bytes = request?.encode(new messages.ChatInviteJoinResultOk({ updates }));
    const read = decodeWith(bytes ?? new Uint8Array(), older.registry, (r) =>
      (own as unknown as { $result(reader: unknown): { _: string } }).$result(r),
    );
    expect(read._).toBe(layer === 198 ? 'updates' : 'messages.chatInviteJoinResultOk');
  });
});
