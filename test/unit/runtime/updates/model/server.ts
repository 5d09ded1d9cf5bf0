import { base, updates } from '@tlgen/telegram';
import type { Random } from '../../../../support/random.js';
import * as kit from '../kit.js';
import type {
  StoredUpdates,
  UpdatesAnswer,
  UpdatesRequest,
} from '../../../../../packages/runtime/src/updates/engine/index.js';

/** Something that happened; its name is how a delivery is recognised, whichever way it came. */
export interface Happened {
  readonly name: string;
  /** pts, qts or seq with it. */
  readonly pts: number;
  readonly count: number;
  readonly date: number;
  readonly update: base.TypeUpdate;
  /** The bare message, for the part of a difference that lists new ones. */
  readonly message?: base.Message;
  readonly secret?: base.EncryptedMessageService;
}

export type Box = 'common' | 'qts' | 'seq' | bigint;

/** What the truth is: histories of an account, and honest answers about them. */
export class Server {
  readonly histories = new Map<Box, Happened[]>([
    ['common', []],
    ['qts', []],
    ['seq', []],
  ]);
  #date = 100;
  #lastId = 0;

  constructor(
    private readonly random: Random,
    readonly channels: readonly bigint[],
    private readonly begin: number,
  ) {
    for (const channel of channels) this.histories.set(channel, []);
  }

  history(box: Box): Happened[] {
    return this.histories.get(box) ?? [];
  }

  at(box: Box): number {
    return this.history(box).at(-1)?.pts ?? this.begin;
  }

  /** A snapshot of an account that has seen everything. */
  stored(): StoredUpdates {
    const channels = new Map(this.channels.map((id) => [id, this.at(id)]));
    const date = this.#date;
    return { pts: this.at('common'), qts: this.at('qts'), seq: this.at('seq'), date, channels };
  }

  /** Something new happens. */
  happen(box: Box): Happened {
    const { random } = this;
    const date = ++this.#date;
    const id = ++this.#lastId;
    const before = this.at(box);
    let one: Happened;
    if (box === 'seq') {
      const update = kit.named(id);
      one = { name: `named ${id}`, pts: before + 1, count: 1, date, update };
    } else if (box === 'qts') {
      const message = kit.secret(id);
      const update = new base.UpdateNewEncryptedMessage({ message, qts: before + 1 });
      one = { name: `secret ${id}`, pts: before + 1, count: 1, date, update, secret: message };
    } else {
      const channel = box === 'common' ? undefined : box;
      const isNew = random.chance(60);
      const ptsCount = isNew ? 1 : 1 + random.below(3);
      const pts = before + ptsCount;
      const counted = { pts, ptsCount };
      if (isNew) {
        const message = kit.message(id, channel);
        const update =
          channel === undefined
            ? new base.UpdateNewMessage({ message, ...counted })
            : new base.UpdateNewChannelMessage({ message, ...counted });
        one = { name: `new ${id}`, pts, count: 1, date, update, message };
      } else {
        const messages = Array.from({ length: ptsCount }, () => id);
        const update =
          channel === undefined
            ? new base.UpdateDeleteMessages({ messages, ...counted })
            : new base.UpdateDeleteChannelMessages({ channelId: channel, messages, ...counted });
        one = { name: `delete ${id}`, pts, count: ptsCount, date, update };
      }
    }
    this.history(box).push(one);
    return one;
  }

  answer(request: UpdatesRequest): UpdatesAnswer {
    if (request.type === 'state') return this.#state();
    if (request.type === 'channel-difference') return this.#channel(request.channel, request.pts);
    return this.#difference(request);
  }

  #difference(from: { pts: number; qts: number; date: number }): UpdatesAnswer {
    const common = this.history('common').filter(({ pts }) => pts > from.pts);
    const secrets = this.history('qts').filter(({ pts }) => pts > from.qts);
    const plain = this.history('seq').filter(({ date }) => date > from.date);
    if (common.length > 12 && this.random.chance(30)) {
      return new updates.DifferenceTooLong({ pts: (common[5] as Happened).pts });
    }
    const size = 2 + this.random.below(8);
    if (common.length > size || secrets.length > size) {
      const some = common.slice(0, size);
      const few = secrets.slice(0, size);
      const to = kit.state(
        some.at(-1)?.pts ?? from.pts,
        few.at(-1)?.pts ?? from.qts,
        this.at('seq'),
        from.date,
      );
      return kit.slice(to, this.#brought(some, few));
    }
    const others = [...plain.map(({ update }) => update), ...this.#tooLong(from.date)];
    if (common.length + secrets.length + others.length === 0) {
      return kit.empty(this.at('seq'), this.#date);
    }
    const brought = this.#brought(common, secrets);
    return kit.difference(this.#state(), { ...brought, others: [...brought.others, ...others] });
  }

  #channel(channel: bigint, from: number): UpdatesAnswer {
    const missing = this.history(channel).filter(({ pts }) => pts > from);
    if (missing.length === 0) return kit.channelEmpty(from);
    if (missing.length > 12 && this.random.chance(30)) {
      return kit.channelTooLong(channel, this.at(channel));
    }
    const some = missing.slice(0, 1 + this.random.below(8));
    return kit.channelDifference((some.at(-1) as Happened).pts, {
      ...this.#brought(some, []),
      final: some.length === missing.length,
    });
  }

  /** Names the channels in which something happened since. */
  #tooLong(date: number): base.TypeUpdate[] {
    return this.channels
      .filter((id) => (this.history(id).at(-1)?.date ?? 0) > date)
      .map((id) => new base.UpdateChannelTooLong({ channelId: id, pts: this.at(id) }));
  }

  #brought(list: readonly Happened[], secrets: readonly Happened[]) {
    return {
      messages: list.flatMap(({ message }) => message ?? []),
      secrets: secrets.flatMap(({ secret }) => secret ?? []),
      others: list.flatMap(({ message, update }) => (message ? [] : [update])),
    };
  }

  #state(): updates.State {
    return kit.state(this.at('common'), this.at('qts'), this.at('seq'), this.#date);
  }
}

/** The name of the event of an update. */
export function nameOf(update: base.TypeUpdate): string {
  switch (update._) {
    case 'updateNewMessage':
    case 'updateNewChannelMessage':
      return `new ${update.message.id}`;
    case 'updateNewEncryptedMessage':
      return `secret ${update.message.randomId}`;
    case 'updateDeleteMessages':
    case 'updateDeleteChannelMessages':
      return `delete ${update.messages[0]}`;
    case 'updateChannel':
      return `named ${update.channelId}`;
    default:
      throw new Error(`${update._} never happened`);
  }
}
