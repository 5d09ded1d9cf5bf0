import type { TlObject } from '@tlgen/codec';
import { base, updates } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { RpcError } from '../../packages/runtime/src/core/errors.js';
import type { Random } from '../support/random.js';
import { RandomObjects } from './objects.js';

const objects = new RandomObjects(schema.registry);

/** Numbers that a server should not send, among those it should. */
const NUMBERS = [-(2 ** 31), -1, 0, 1, 2, 3, 9, 10, 11, 12, 13, 2 ** 31 - 1];
const CHANNELS = [50n, 50n, 51n, 52n, 0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)];
const USERS = [100n, 100n, 7n, 200n, 0n, -5n, 2n ** 63n - 1n];

const NUMBERED = new Set(['pts', 'ptsCount', 'qts', 'seq', 'seqStart', 'timeout']);
const CHANNEL_IDS = new Set(['channelId']);
const USER_IDS = new Set(['userId', 'fromId', 'botId']);

/** Updates that the feed and the engine look into, more often than their share. */
const OF_INTEREST = [
  'updateNewMessage',
  'updateEditMessage',
  'updateDeleteMessages',
  'updateNewChannelMessage',
  'updateEditChannelMessage',
  'updateDeleteChannelMessages',
  'updateChannelTooLong',
  'updateChannel',
  'updateNewEncryptedMessage',
  'updateMessageID',
  'updatePtsChanged',
  'updateUserTyping',
  'updateBotCallbackQuery',
] as const;

const CODES = [
  'FLOOD_WAIT_0',
  'FLOOD_WAIT_30',
  'CHANNEL_PRIVATE',
  'CHANNEL_INVALID',
  'PERSISTENT_TIMESTAMP_INVALID',
  'PERSISTENT_TIMESTAMP_EMPTY',
  'PERSISTENT_TIMESTAMP_OUTDATED',
  'TIMEOUT',
  'INTERNAL',
  '',
];

type Fields = Record<string, unknown>;

/** A server that sends what it likes. */
export class HostileServer {
  /** @param decodable - only what bytes can mean; else also fields that are missing, and names that nobody knows. */
  constructor(
    private readonly random: Random,
    private readonly decodable: boolean,
  ) {}

  /** What it pushes. */
  pushed(): base.TypeUpdates {
    const { random } = this;
    const made = random.chance(30)
      ? objects.of(random, 'Updates', 3)
      : new base.Updates({
          updates: this.list(() => this.update()),
          users: this.list(() => this.twisted(objects.of(random, 'User', 2)) as base.TypeUser),
          chats: this.list(() => this.twisted(objects.of(random, 'Chat', 2)) as base.TypeChat),
          date: random.below(5),
          seq: this.number(),
        });
    return this.twisted(made) as base.TypeUpdates;
  }

  /** What it answers to a request of the feed; what bytes can mean is of the type that was asked for. */
  answer(method: string): unknown {
    const { random } = this;
    if (this.decodable) return this.twisted(this.answerTo(method));
    if (random.chance(10)) return random.pick([null, 5, [], {}, 'updates']);
    if (random.chance(10)) return this.twisted(objects.of(random, 'Updates', 3));
    return this.twisted(this.answerTo(random.chance(90) ? method : 'updates.getDifference'));
  }

  error(method: string): unknown {
    const code = this.random.pick(CODES);
    return code === '' ? new Error('no network') : new RpcError(400, code, method);
  }

  private answerTo(method: string): TlObject {
    const { random } = this;
    const state = (): updates.State => this.state();
    const parts = (): ConstructorParameters<typeof updates.Difference>[0] => ({
      newMessages: this.list(() => objects.of(random, 'Message', 3) as base.TypeMessage),
      newEncryptedMessages: this.list(
        () => objects.of(random, 'EncryptedMessage', 2) as base.TypeEncryptedMessage,
      ),
      otherUpdates: this.list(() => this.update()),
      chats: [],
      users: [],
      state: state(),
    });
    switch (method) {
      case 'updates.getState':
        return state();
      case 'updates.getChannelDifference':
        return objects.of(random, 'updates.ChannelDifference', 4);
      case 'channels.getFullChannel':
        return objects.of(random, 'messages.ChatFull', 3);
      case 'messages.receivedQueue':
        return objects.of(random, 'Updates', 3);
      default:
        return random.pick<() => TlObject>([
          () => new updates.DifferenceEmpty({ date: 1, seq: this.number() }),
          () => new updates.DifferenceTooLong({ pts: this.number() }),
          () => new updates.Difference(parts()),
          () => new updates.DifferenceSlice({ ...parts(), intermediateState: state() }),
        ])();
    }
  }

  private state(): updates.State {
    const [pts, qts, seq] = [this.number(), this.number(), this.number()];
    return new updates.State({ pts, qts, seq, date: this.random.below(5), unreadCount: 0 });
  }

  private update(): base.TypeUpdate {
    const { random } = this;
    if (!this.decodable && random.chance(10)) {
      const odd = { _: 'updateOfTomorrow', pts: this.number(), ptsCount: 1, peer: { _: 'peerX' } };
      return random.pick<unknown>([odd, { ...odd, _: '__proto__' }, null, 7]) as base.TypeUpdate;
    }
    const name = random.pick(OF_INTEREST);
    const made = random.chance(75)
      ? objects.named(random, name, 4)
      : objects.of(random, 'Update', 4);
    return made as base.TypeUpdate;
  }

  private number(): number {
    return this.random.chance(70) ? 5 + this.random.below(30) : this.random.pick(NUMBERS);
  }

  private list<T>(make: () => T): T[] {
    return Array.from({ length: this.random.below(5) }, make);
  }

  /** The same with numbers and ids that concern the account. */
  twisted(value: unknown, depth = 12): unknown {
    if (Array.isArray(value)) {
      for (const one of value) this.twisted(one, depth - 1);
      return value;
    }
    if (typeof value !== 'object' || value === null || depth === 0) return value;
    if (value instanceof Uint8Array) return value;
    const fields = value as Fields;
    const { random } = this;
    for (const [name, field] of Object.entries(fields)) {
      if (typeof field === 'number' && NUMBERED.has(name)) fields[name] = this.number();
      else if (typeof field === 'bigint' && CHANNEL_IDS.has(name))
        fields[name] = random.pick(CHANNELS);
      else if (typeof field === 'bigint' && USER_IDS.has(name)) fields[name] = random.pick(USERS);
      else this.twisted(field, depth - 1);
      if (!this.decodable && random.chance(2)) fields[name] = random.pick([undefined, null, 3, {}]);
    }
    return value;
  }
}
