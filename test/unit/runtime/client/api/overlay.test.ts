import { encode, fromJson } from '@tlgen/codec';
import { base, messages } from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';
import { schema as telegram } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { Random, seedFor } from '../../../../support/random.js';
import { RandomJson } from '../../../../support/random-json.js';
import { ownSchema } from '../../../../support/schemas.js';
import { plainFields } from './plain.js';
import { callOf, refusal, rig } from './support.js';

const overlay = telegram.overlay!;
const source = ownSchema('telegram');
const make = new RandomJson(source, { maxNodes: 10 });

/** Random parameters of a method, as plain objects. */
function parametersOf(name: string): Record<string, unknown> {
  const one = source.methods.find(({ key }) => key === name)!;
  const random = new Random(seedFor(`overlay ${name}`, 0));
  return plainFields(fromJson(make.make(one, random), registry), random);
}

describe('the overlay of the package', () => {
  it('fills in what may be left out, and nothing else: every parameter of every method', async () => {
    const { api, last } = rig({ schema: telegram });
    const filled = new Set<string>();
    let refused = 0;
    for (const { key } of source.methods) {
      const whole = parametersOf(key);
      for (const name of Object.keys(whole)) {
        const { [name]: _, ...rest } = whole;
        const error = await callOf(
          api,
          key,
        )(rest).then(
          () => null,
          (thrown: Error & { parameter: string; method: string }) => thrown,
        );
        if (error) {
          expect(error).toMatchObject({ code: 'BAD_PARAMETER', method: key });
          expect([name, 'randomId']).toContain(error.parameter);
          refused++;
        } else if ((last() as never)[name] !== undefined && (last() as never)[name] !== false) {
          filled.add(name);
        }
      }
    }
    // Each rule for methods counts somewhere, and no parameter without a rule is made up.
    const ruled = overlay.filled.filter((rule) => !rule.constructors).map((rule) => rule.field);
    expect([...filled].sort()).toEqual([...new Set(ruled)].sort());
    expect(refused).toBeGreaterThan(1000);
  }, 30_000);

  it.each([
    ['messages.getDialogs', { limit: 1 }],
    ['messages.getHistory', { peer: 'me', limit: 1 }],
    ['messages.search', { peer: 'me', q: '', limit: 1 }],
    ['messages.getDhConfig', {}],
    ['contacts.getContacts', undefined],
    ['messages.forwardMessages', { fromPeer: 'me', toPeer: 5, id: [1, 2] }],
    ['auth.sendCode', { phoneNumber: '1', settings: { _: 'codeSettings' } }],
  ])('takes %s with %o', async (name, parameters) => {
    const { api, last } = rig({ schema: telegram });
    await callOf(api, name)(parameters);
    expect(encode(last()).length).toBeGreaterThan(0);
  });

  it('has aliases for parameters that exist', async () => {
    const { api, logged, last } = rig({ schema: telegram });
    let used = 0;
    for (const { alias, field, methods: names } of overlay.aliases) {
      for (const name of names) {
        if (field === 'parseMode') continue;
        const { [field]: value, ...rest } = parametersOf(name);
        const given = alias === 'reply_to_message_id' ? 5 : (value ?? true);
        // Both names of optional fields stand side by side only when one is undefined.
        const call = callOf(api, name)({ ...rest, [field]: undefined, [alias]: given });
        const error = await call.then(
          () => null,
          (thrown: Error & { parameter: string }) => thrown,
        );
        // `true` for a field the random request lacked may be refused, by the parameter's own name.
        if (error) expect(error.parameter).toBe(field);
        else expect((last() as never)[field]).toBeDefined();
        used++;
      }
    }
    expect(used).toBeGreaterThan(20);
    expect(logged.length).toBe(used);
  });

  it('sends what a Bot API user writes', async () => {
    const { api, last } = rig({ schema: telegram });
    await callOf(
      api,
      'messages.sendMessage',
    )({
      chat_id: '@x',
      text: '*a* b',
      parse_mode: 'MarkdownV2',
      disable_notification: true,
      disable_web_page_preview: true,
      reply_to_message_id: 4,
      reply_markup: { remove_keyboard: true },
      randomId: 1,
    });
    const expected = new messages.SendMessageRequest({
      peer: new base.InputPeerUser({ userId: 7n, accessHash: 8n }),
      message: 'a b (markdownv2)',
      entities: [new base.MessageEntityBold({ offset: 0, length: 1 })],
      silent: true,
      noWebpage: true,
      replyTo: new base.InputReplyToMessage({ replyToMsgId: 4 }),
      replyMarkup: new base.ReplyKeyboardHide({}),
      randomId: 1n,
    });
    expect(encode(last())).toEqual(encode(expected));
    await callOf(api, 'messages.forwardMessages')({ chat_id: 1, from_chat_id: 2, id: [3] });
    expect(last()).toMatchObject({ id: [3], toPeer: { userId: 7n }, fromPeer: { userId: 7n } });
  });

  it.each(overlay.parseMode)('reads the markup of %s', async (name) => {
    const { api, last } = rig({ schema: telegram });
    const { entities: _, replyMarkup: __, ...rest } = parametersOf(name);
    await callOf(api, name)({ ...rest, message: '*a*', parseMode: 'html' });
    expect(last()).toMatchObject({
      message: 'a (html)',
      entities: [{ _: 'messageEntityBold', offset: 0, length: 1 }],
    });
  });

  it('points to what is better in methods that exist', async () => {
    const { api, logged } = rig({ schema: telegram });
    const names = overlay.instead.flatMap((rule) => rule.methods);
    for (const name of names) {
      await callOf(api, name)(parametersOf(name));
      expect(logged.at(-1)).toMatch(new RegExp(`^notice: ${name}: better use [a-z]+\\.\\w+`, 'i'));
    }
    expect(logged.length).toBe(new Set(names).size);
  });

  it('tells files in short form to wait', async () => {
    const { api } = rig({ schema: telegram });
    const error = await refusal(
      callOf(api, 'messages.sendMedia')({ peer: 'me', media: 'a.png', message: '' }),
    );
    expect(error).toMatchObject({ parameter: 'media' });
    expect(error.message).toContain('Files in short form come with a later part');
  });
});
