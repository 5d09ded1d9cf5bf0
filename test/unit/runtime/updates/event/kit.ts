import { decode, encode, fromJson, type TlObject } from '@tlgen/codec';
import { base } from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';
import { UpdateEvent } from '../../../../../packages/runtime/src/updates/event/index.js';
import type {
  EventActions,
  WaitFor,
} from '../../../../../packages/runtime/src/updates/event/index.js';
import type { UpdateSource } from '../../../../../packages/runtime/src/updates/engine/index.js';
import { Random, seedFor } from '../../../../support/random.js';
import { RandomJson } from '../../../../support/random-json.js';
import { ownSchema } from '../../../../support/schemas.js';

export const SELF = 7n;
export const user = (userId: bigint): base.PeerUser => new base.PeerUser({ userId });
export const group = (chatId: bigint): base.PeerChat => new base.PeerChat({ chatId });
export const channel = (channelId: bigint): base.PeerChannel => new base.PeerChannel({ channelId });

type MessageInit = Partial<ConstructorParameters<typeof base.Message>[0]>;

export const message = (init: MessageInit = {}): base.Message =>
  new base.Message({ id: 1, peerId: user(100n), date: 1, message: 'hello', ...init });

export const newMessage = (init: MessageInit = {}): base.UpdateNewMessage =>
  new base.UpdateNewMessage({ message: message(init), pts: 1, ptsCount: 1 });

export const edit = (init: MessageInit = {}): base.UpdateEditMessage =>
  new base.UpdateEditMessage({ message: message(init), pts: 1, ptsCount: 1 });

export const post = (init: MessageInit = {}): base.UpdateNewChannelMessage =>
  new base.UpdateNewChannelMessage({
    message: message({ peerId: channel(5n), ...init }),
    pts: 1,
    ptsCount: 1,
  });

export const serviceMessage = (
  action: base.TypeMessageAction,
  init: Partial<ConstructorParameters<typeof base.MessageService>[0]> = {},
): base.UpdateNewMessage =>
  new base.UpdateNewMessage({
    message: new base.MessageService({
      id: 2,
      peerId: group(9n),
      fromId: user(100n),
      date: 1,
      action,
      ...init,
    }),
    pts: 1,
    ptsCount: 1,
  });

export interface EventOptions {
  readonly users?: readonly base.TypeUser[];
  readonly chats?: readonly base.TypeChat[];
  readonly from?: UpdateSource;
  readonly self?: ReturnType<EventActions['self']>;
  readonly album?: readonly base.Message[];
  readonly actions?: Partial<EventActions>;
  readonly wait?: WaitFor;
}

export function eventOf(update: TlObject, options: EventOptions = {}): UpdateEvent {
  const { self = { id: SELF, bot: true, username: 'OurBot' } } = options;
  const unexpected = (): never => {
    throw new Error('not expected');
  };
  const event = new UpdateEvent({
    id: 1,
    delivery: {
      type: 'deliver',
      id: 1,
      box: 'common',
      update: update as base.TypeUpdate,
      entities: { users: options.users ?? [], chats: options.chats ?? [] },
      from: options.from ?? 'push',
      key: 'new:0:1',
      durable: false,
      ephemeral: false,
    },
    actions: {
      sendText: unexpected,
      known: () => null,
      answerCallback: unexpected,
      ...options.actions,
      self: () => self,
    },
    wait: options.wait ?? unexpected,
  });
  event.album = options.album ?? null;
  return event;
}

const schema = ownSchema('telegram');
const ids = new RandomJson(schema, {
  maxNodes: 12,
  // ids that peers may have, so that something is found
  override: (_owner, { name, type }, random) =>
    type.kind === 'primitive' && type.name === 'long' && /(?:^|_)id$/.test(name)
      ? String(random.chance(90) ? 1 + random.below(500) : -random.below(500))
      : undefined,
});
const wild = new RandomJson(schema, { maxNodes: 12 });

const byName = new Map(schema.constructors.map((one) => [one.key, one]));

/** TL names of all constructors of `Update`. */
export const UPDATE_NAMES: readonly string[] = schema.constructors
  .filter(({ result }) => result.kind === 'boxed' && result.type === 'Update')
  .map(({ key }) => key);
if (UPDATE_NAMES.length < 150) throw new Error('constructors of Update are missing');

/** A random update as the server would send it; odd runs have ids that nobody can have. */
export function randomUpdate(name: string, run: number): base.TypeUpdate {
  const one = byName.get(name);
  if (!one) throw new Error(name);
  const random = new Random(seedFor(`event ${name}`, run));
  const json = (run % 2 === 0 ? ids : wild).make(one, random);
  return decode(encode(fromJson(json, registry)), registry) as base.TypeUpdate;
}
