import { describe, expect, it } from 'vitest';
import { base, updates } from '@tlgen/telegram';
import { Random, RUNS, seedFor } from '../../../support/random.js';
import type { UpdatesAnswer } from '../../../../packages/runtime/src/updates/engine/index.js';
import * as kit from './kit.js';

/** Numbers that a server should not send, among those it should. */
const NUMBERS = [-(2 ** 31), -1, 0, 1, 2, 3, 9, 10, 11, 12, 13, 2 ** 31 - 1];

const CHANNELS = [0n, 50n, 51n, -1n];

class Hostile {
  constructor(private readonly random: Random) {}

  number(): number {
    return this.random.chance(70) ? this.random.below(40) : this.random.pick(NUMBERS);
  }

  update(): base.TypeUpdate {
    const channel = this.random.pick(CHANNELS);
    switch (this.random.below(7)) {
      case 0:
        return kit.newMessage(this.number(), this.number());
      case 1:
        return kit.channelMessage(channel, this.number(), this.number());
      case 2:
        return kit.newSecret(this.number());
      case 3:
        return kit.named(1);
      case 4:
        return new base.UpdateChannelTooLong({ channelId: channel, pts: this.number() });
      case 5:
        return new base.UpdateNewChannelMessage({
          message: new base.MessageEmpty({ id: 1 }),
          pts: this.number(),
          ptsCount: this.number(),
        });
      default:
        return new base.UpdatePtsChanged();
    }
  }

  list(): base.TypeUpdate[] {
    return Array.from({ length: this.random.below(4) }, () => this.update());
  }

  container(): base.TypeUpdates {
    if (this.random.chance(10)) return new base.UpdatesTooLong();
    return this.random.chance(50)
      ? kit.combined(this.list(), this.number(), this.number())
      : kit.container(this.list(), this.number(), this.number());
  }

  answer(): UpdatesAnswer {
    const state = kit.state(this.number(), this.number(), this.number(), this.number());
    const others = this.list();
    const final = this.random.chance(50);
    switch (this.random.below(8)) {
      case 0:
        return state;
      case 1:
        return kit.empty(this.number(), this.number());
      case 2:
        return kit.difference(state, { others, messages: [kit.message(1), kit.message(1, 50n)] });
      case 3:
        return kit.slice(state, { others, secrets: [kit.secret(1)] });
      case 4:
        return new updates.DifferenceTooLong({ pts: this.number() });
      case 5:
        return kit.channelEmpty(this.number(), this.number());
      case 6:
        return kit.channelTooLong(50n, this.number());
      default:
        return kit.channelDifference(this.number(), { others, final, timeout: this.number() });
    }
  }
}

describe('a hostile server', () => {
  it('api/no-throw-on-remote: numbers that make no sense never throw, spin or pile up', () => {
    for (let run = 0; run < 30 * RUNS; run++) {
      const random = new Random(seedFor('hostile updates', run));
      const hostile = new Hostile(random);
      const bench = new kit.Bench({ pending: 20, outstanding: 50, poll: () => true });
      const stored = { pts: 10, qts: 5, seq: 3, date: 1, channels: new Map([[50n, 7]]) };
      bench.start(random.chance(50) ? null : stored);
      for (let step = 0; step < 300; step++) {
        const choice = random.below(10);
        if (choice < 5) bench.receive(hostile.container());
        else if (choice < 7 && bench.asked.length > 0) bench.answer(hostile.answer());
        else if (choice < 8 && bench.asked.length > 0) {
          bench.fail(
            random.pick(['FLOOD_WAIT', 'CHANNEL_PRIVATE', 'PERSISTENT_TIMESTAMP_INVALID']),
          );
        } else if (choice < 9) bench.wait(random.below(100_000));
        else if (random.chance(50)) bench.acknowledge();
        expect(bench.asked.length).toBeLessThanOrEqual(11);
        // what one difference brings, and no more, may come on top
        expect(bench.engine.outstanding).toBeLessThan(50 + 120);
      }
      for (let wait = 0; wait < 50 && bench.asked.length > 0; wait++) bench.fail('CHANNEL_PRIVATE');
      bench.wait(30 * 60_000);
    }
  });
});
