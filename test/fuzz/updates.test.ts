import { describe, expect, it } from 'vitest';
import { schema } from '@tlgen/telegram/schema';
import { base } from '@tlgen/telegram';
import { Random, RUNS, seedFor } from '../support/random.js';
import { container, newMessage } from '../unit/runtime/updates/kit.js';
import { RandomObjects } from './objects.js';
import { HostileServer } from './updates-hostile.js';
import { REQUESTS, UpdatesRig } from './updates-rig.js';

const objects = new RandomObjects(schema.registry);
const ANSWERS = [
  'Updates',
  'messages.AffectedHistory',
  'messages.AffectedMessages',
  'messages.Dialogs',
  'messages.ChatFull',
  'messages.InvitedUsers',
];

const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9];

async function step(rig: UpdatesRig, random: Random, server: HostileServer): Promise<void> {
  const { feed } = rig;
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
      feed.pushed(server.pushed());
      break;
    case 4:
      feed.answered(
        server.twisted(objects.of(random, random.pick(ANSWERS), 3)),
        random.pick(REQUESTS),
      );
      break;
    case 5:
    case 6:
    case 7: {
      const asked = rig.take();
      if (random.chance(75)) asked?.resolve(server.answer(asked.request._));
      else asked?.reject(server.error(asked.request._));
      break;
    }
    case 8:
      rig.goOn(random.below(20));
      break;
    case 9:
      if (random.chance(50)) feed.connected();
      else feed.sessionCreated();
      break;
    case 10:
      feed.follow(random.pick([50n, 51n, 0n, -1n]), random.pick([-1, 0, 5, 2 ** 31 - 1]));
      break;
    default:
      await rig.clock.advance(random.pick([0, 600, 5_000, 70_000]));
  }
  if (random.chance(30)) await rig.clock.advance(0);
}

describe('feed and hub between a hostile server and slow handlers', () => {
  it.each([
    ['api/no-throw-on-remote: whatever bytes can mean, nothing throws, spins or piles up', true],
    ['whatever an object can be, nothing is thrown at who brings it', false],
  ])('%s', async (_, decodable) => {
    for (let run = 0; run < 8 * RUNS; run++) {
      const random = new Random(seedFor(`updates ${decodable}`, run));
      const server = new HostileServer(random, decodable);
      const rig = new UpdatesRig(random);
      await rig.start();
      for (let at = 0; at < 150; at++) {
        const before = rig.askedEver;
        await step(rig, random, server);
        expect(rig.askedEver - before).toBeLessThanOrEqual(14);
        expect(rig.asked.length).toBeLessThanOrEqual(14);
        // what answers under way bring, and no more, may come on top
        expect(rig.open).toBeLessThan(40 + 200);
        expect(rig.clock.pending).toBeLessThan(40);
      }
      if (decodable) expect(rig.failures).toEqual([]);
      expect(await rig.recover(1_000_000), `run ${run}`).toEqual(NINE);
      expect(await rig.end()).toBe(true);
      expect(rig.clock.pending).toBe(0);
      const commits = rig.commits;
      await rig.feed.save();
      if (decodable) expect(rig.commits - commits, 'nothing has changed').toBe(0);
      const next = await rig.next();
      if (decodable) expect(next.lines.filter((line) => line.includes('anew'))).toEqual([]);
      expect(await next.recover(2_000_000), `run ${run}`).toEqual(NINE);
      expect(await next.end()).toBe(true);
    }
  });

  it('three thousand updates in one container, each about one of as many chats, all come', async () => {
    const random = new Random(seedFor('many updates', 0));
    const rig = new UpdatesRig(random);
    rig.calm = true;
    await rig.start();
    const ids = Array.from({ length: 3_000 }, (_, i) => BigInt(i + 1));
    const chats = ids.map((id) => new base.ChatForbidden({ id, title: '' }));
    const changed = ids.map((id) => new base.UpdateChannel({ channelId: id + 3_000n }));
    const news = ids.map((_, i) => newMessage(11 + i));
    for (const list of [changed, news, [...changed, ...news]]) {
      rig.feed.pushed(new base.Updates({ updates: list, users: [], chats, date: 1, seq: 0 }));
    }
    expect(rig.asked.length).toBe(1);
    expect(await rig.recover(20_000)).toEqual(NINE);
    expect(await rig.end()).toBe(true);
  });

  it('twenty thousand pushes that all leave a gap wait in bounded room, and ask once', async () => {
    const rig = new UpdatesRig(new Random(seedFor('gaps', 0)));
    rig.calm = true;
    await rig.start();
    expect(await rig.recover(100)).toEqual(NINE);
    const before = rig.askedEver;
    for (let i = 0; i < 20_000; i++) rig.feed.pushed(container([newMessage(1000 + 2 * i)]));
    await rig.clock.advance(1000);
    expect([rig.askedEver - before, rig.open]).toEqual([1, 0]);
    expect(await rig.recover(1_000_000)).toEqual(NINE);
    expect(await rig.end()).toBe(true);
  });
});
