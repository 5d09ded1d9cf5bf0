import * as tl from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { Random, RUNS, seedFor } from '../../../support/random.js';
import { openStorage } from './fake-storage.js';

interface Known {
  hash: bigint | null;
  min: boolean;
  name: string;
  usernames: string[];
  phone: string | null;
}

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const;

/** What a full or min sighting of a user makes of what is known, said as simply as can be. */
class Model {
  readonly users = new Map<bigint, Known>();

  see(user: tl.User): void {
    const known = this.users.get(user.id);
    if (user.min && known && !known.min) return;
    const usernames = user.username === undefined ? [] : [user.username];
    const phone = user.phone ?? null;
    for (const [id, other] of this.users) {
      if (id === user.id) continue;
      other.usernames = other.usernames.filter((name) => !usernames.includes(name));
      if (phone !== null && other.phone === phone) other.phone = null;
    }
    const kept = known && known.min === user.min ? known.hash : null;
    this.users.set(user.id, {
      hash: user.accessHash ?? kept,
      min: user.min === true,
      name: user.firstName ?? '',
      usernames,
      phone,
    });
  }

  owner(name: string): bigint | null {
    for (const [id, { usernames }] of this.users) if (usernames.includes(name)) return id;
    return null;
  }

  phoneOwner(phone: string): bigint | null {
    for (const [id, user] of this.users) if (user.phone === phone) return id;
    return null;
  }
}

describe('random sightings', () => {
  it.each(Array.from({ length: 8 * RUNS }, (_, run) => run))(
    'are remembered as a simple model says, run %i',
    async (run) => {
      const random = new Random(seedFor('peers', run));
      const storage = await openStorage(random.pick([0, 30]));
      let peers = storage.peers({ cached: 4 });
      const model = new Model();
      const check = async (): Promise<void> => {
        for (let id = 1n; id <= 10n; id++) {
          const known = model.users.get(id);
          const found = await peers.get(id);
          expect(
            found && {
              hash: found.accessHash,
              min: found.min,
              name: found.name,
              usernames: [...found.usernames],
              phone: found.phone,
            },
          ).toEqual(known ?? null);
        }
        for (const name of NAMES) {
          expect((await peers.byUsername(name))?.id ?? null).toBe(model.owner(name));
          expect((await peers.byPhone(name.charCodeAt(0).toString()))?.id ?? null).toBe(
            model.phoneOwner(name.charCodeAt(0).toString()),
          );
        }
        expect(peers.cached).toBeLessThanOrEqual(4);
      };
      for (let step = 0; step < 300; step++) {
        const seen = Array.from({ length: random.below(4) }, () => {
          return new tl.User({
            id: BigInt(1 + random.below(10)),
            accessHash: random.chance(70) ? BigInt(random.below(3)) : undefined,
            min: random.chance(40),
            firstName: random.pick(NAMES),
            username: random.chance(50) ? random.pick(NAMES) : undefined,
            phone: random.chance(30) ? random.pick(NAMES).charCodeAt(0).toString() : undefined,
          });
        });
        const learned = peers.learn(seen);
        for (const user of seen) model.see(user);
        if (random.chance(50)) await learned;
        if (random.chance(5)) await check();
        if (random.chance(3)) {
          await peers.flush();
          await storage.reopen();
          peers = storage.peers({ cached: 4 });
        }
      }
      await check();
    },
  );
});
