import type { ApiOverlay, ApiSchema, CallOptions, TlMethod } from '@tlgen/codec';
import { base } from '@tlgen/telegram';
import type { Api } from '@tlgen/telegram/api';
import { schema as telegram } from '@tlgen/telegram/schema';
import {
  makeApi,
  type ApiContext,
  type ApiConverters,
} from '../../../../../packages/runtime/src/client/api/index.js';
import type { InvokeOptions } from '../../../../../packages/runtime/src/core/types.js';
import type { FormattedText } from '../../../../../packages/runtime/src/text/types.js';
import { Random } from '../../../../support/random.js';

/** What an overlay may say, each kind of rule at least once; the real one is tested apart. */
export const overlay: ApiOverlay = {
  substitutes: {
    InputPeer: 'PeerLike',
    InputUser: 'PeerLike',
    InputChannel: 'PeerLike',
    InputDialogPeer: 'PeerLike',
    InputNotifyPeer: 'PeerLike',
    InputEncryptedChat: 'SecretChatLike',
    InputMedia: 'FileLike',
    InputFile: 'FileLike',
    ReplyMarkup: 'ReplyMarkupLike',
    DataJSON: 'DataJsonLike',
  },
  filled: [
    {
      field: 'randomId',
      type: 'long',
      methods: ['messages.sendPaidReaction'],
      fill: 'timed-random',
    },
    { field: 'randomId', type: 'long', fill: 'random' },
    { field: 'randomId', type: 'int', fill: 'random' },
    { field: 'randomId', type: 'Vector<long>', fill: 'random-each', each: 'id' },
    { field: 'randomId', type: 'long', constructors: ['inputSingleMedia'], fill: 'random' },
    {
      field: 'hash',
      type: 'long',
      except: ['account.resetAuthorization'],
      fill: 'constant',
      value: '0',
    },
    { field: 'apiId', type: 'int', fill: 'setting', value: 'apiId' },
    { field: 'apiHash', type: 'string', fill: 'setting', value: 'apiHash' },
    {
      field: 'offsetPeer',
      type: 'InputPeer',
      methods: ['messages.getDialogs'],
      fill: 'empty',
    },
    {
      field: 'filter',
      type: 'MessagesFilter',
      fill: 'empty',
      value: 'inputMessagesFilterEmpty',
    },
  ],
  instead: [
    {
      use: 'client.signIn',
      words: 'It runs the whole sign-in',
      methods: ['auth.sendCode', 'auth.signIn'],
    },
  ],
  aliases: [
    { alias: 'chat_id', field: 'peer', methods: ['messages.sendMessage'] },
    { alias: 'text', field: 'message', methods: ['messages.sendMessage'] },
    { alias: 'reply_to_message_id', field: 'replyTo', methods: ['messages.sendMessage'] },
    { alias: 'reply_markup', field: 'replyMarkup', methods: ['messages.sendMessage'] },
    { alias: 'parse_mode', field: 'parseMode', methods: ['messages.sendMessage'] },
  ],
  parseMode: ['messages.sendMessage', 'messages.editMessage', 'messages.saveDraft'],
};

export const schema: ApiSchema = { ...telegram, overlay };

/** Everything a call did. */
export interface Rig {
  readonly api: Api<InvokeOptions>;
  /** The same, for names and values that the types don't know. */
  readonly loose: Record<
    string,
    Record<string, (parameters?: unknown, options?: object) => Promise<unknown>>
  >;
  readonly sent: TlMethod[];
  readonly options: InvokeOptions[];
  readonly logged: string[];
  /** What peers were asked for: `inputPeer @name`. */
  readonly asked: string[];
  /** The request that the last call sent. */
  last<M extends TlMethod>(): M;
}

export interface RigOptions {
  readonly schema?: ApiSchema;
  readonly converters?: ApiConverters;
  readonly context?: Partial<ApiContext>;
  /** What each look-up of a peer waits for. */
  wait?(like: unknown, options: CallOptions): Promise<unknown>;
}

export const NOW = 1_700_000_000_000;

/** A whole api over a network, peers and text that only write down what they were asked for. */
export function rig(options: RigOptions = {}): Rig {
  const sent: TlMethod[] = [];
  const asked: string[] = [];
  const logged: string[] = [];
  const given: InvokeOptions[] = [];
  const random = new Random(1);
  const ask = async (how: string, like: unknown, o: CallOptions = {}): Promise<void> => {
    asked.push(`${how} ${typeof like === 'object' ? (like as { _: string })._ : String(like)}`);
    await options.wait?.(like, o);
  };
  const context: ApiContext = {
    schema: options.schema ?? schema,
    log: { log: (level, message) => void logged.push(`${level}: ${message}`) },
    invoke: async (request, o = {}) => {
      sent.push(request);
      given.push(o);
      return request as never;
    },
    cancellable: (_o, _what, work) => work(new AbortController().signal),
    random: (length) => random.bytes(length),
    now: () => NOW,
    settings: { apiId: 17, apiHash: 'abc' },
    converters: options.converters,
    peers: {
      inputPeer: async (like, o) => {
        await ask('inputPeer', like, o);
        return new base.InputPeerUser({ userId: 7n, accessHash: 8n });
      },
      inputUser: async (like, o) => {
        await ask('inputUser', like, o);
        return new base.InputUser({ userId: 7n, accessHash: 8n });
      },
      inputChannel: async (like, o) => {
        await ask('inputChannel', like, o);
        return new base.InputChannel({ channelId: 9n, accessHash: 8n });
      },
    },
    text: {
      parse: fakeParse,
      entities: async (entities) =>
        entities.map(({ offset, length }) => new base.MessageEntityBold({ offset, length })),
      linkButtons: () => new base.ReplyInlineMarkup({ rows: [] }),
      replyMarkup: async (like) => {
        asked.push(`replyMarkup ${Object.keys(like).join()}`);
        return new base.ReplyKeyboardHide({});
      },
    },
    ...options.context,
  };
  const api = makeApi(context);
  const last = <M extends TlMethod>(): M => sent.at(-1) as M;
  return {
    api: api as Rig['api'],
    loose: api as Rig['loose'],
    sent,
    options: given,
    logged,
    asked,
    last,
  };
}

/** `*bold*` at the beginning of a text, and `[button]` at its end. */
function fakeParse(text: string, mode: string): FormattedText {
  const bold = /^\*(.*?)\*/.exec(text);
  const button = /\[(.*?)\]$/.exec(text);
  const plain = text.replaceAll('*', '').replace(/\[.*\]$/, '');
  return {
    text: `${plain} (${mode})`,
    entities: bold ? [{ type: 'bold', offset: 0, length: bold[1]!.length }] : [],
    ...(button && { buttons: [[{ text: button[1]!, url: 'https://a.example' }]] }),
  };
}

/** What a call rejects with. */
export async function refusal(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('the call went through');
}

/** A method by its TL name, whatever its types say. */
export function callOf(api: object, name: string): (parameters?: unknown) => Promise<unknown> {
  return name
    .split('.')
    .reduce((o, step) => (o as never)[step], api as unknown) as () => Promise<unknown>;
}
