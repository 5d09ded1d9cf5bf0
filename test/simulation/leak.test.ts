import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { ServerSession } from '../../packages/local-dc/src/protocol/session.js';
import { RUNS, SEED } from '../support/random.js';
import { MANY, updateBody } from '../support/simulation/payload.js';
import { FAIR, planOf, type Plan } from '../support/simulation/plan.js';
import { watchSessions } from '../support/simulation/sessions.js';
import { World } from '../support/simulation/world.js';

const HOUR = 3_600_000;

/** A million and more in a soak. */
const UPDATES = RUNS >= 10 ? 1_000_000 : 100_000;

/** Less than what one id for each update would take, bytes. */
const GROWTH = 30 * UPDATES;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are in use. */
function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

it('leak/24h-simulated: a day of updates, calls, salts and key renewals leaves nothing behind', async () => {
  const plan: Plan = {
    ...planOf(SEED),
    calm: true,
    carrier: 'stream',
    pfs: true,
    exchange: false,
    prefix: true,
    tempKeyTtl: 7200,
    saltLifetime: 1800,
    disconnectDelay: 75,
    storm: 1,
    calls: 0,
    pushes: 0,
    weather: FAIR,
    wrongAtStart: 0,
  };
  const watch = watchSessions();
  const world = new World(plan);
  const { probe, timeline, server } = world;
  world.connection.open();
  await world.run(60_000);
  const [permanent] = server.core.keys();
  const every = (24 * HOUR) / UPDATES;
  let sent = 0;
  let over = false;
  const push = (): void => {
    if (over) return;
    timeline.after(every, push);
    const body = updateBody(MANY + sent);
    sent += server.core.push(permanent!.key.id, () => body) > 0 ? 1 : 0;
  };
  const call = (): void => {
    if (over) return;
    timeline.after(HOUR / 10, call);
    world.workload.late(1);
  };
  push();
  call();
  let early = 0;
  let most = { sent: 0, acks: 0, kept: 0, sessions: 0 };
  for (let hour = 1; hour <= 24; hour++) {
    await world.run(HOUR);
    if (hour === 4) early = heap();
    for (const session of watch.seen) {
      if (session.id !== probe.sessionId) continue;
      most = {
        ...most,
        sent: Math.max(most.sent, session.outbox.sent.size),
        acks: Math.max(most.acks, session.acks.size),
      };
    }
    const sessions = [...server.core.sessions()] as ServerSession[];
    const kept = sessions.flatMap((one) => [...one.outbox.unacknowledged()]).length;
    most = {
      ...most,
      kept: Math.max(most.kept, kept),
      sessions: Math.max(most.sessions, sessions.length),
    };
    watch.clear();
  }
  const late = heap();
  over = true;
  await world.run(60_000);
  const { problems, many, news } = probe;
  const pending = probe.engine.pendingCalls;
  world.connection.close();
  server.core.close();
  watch.stop();
  expect(sent).toBeGreaterThanOrEqual(UPDATES * 0.99);
  // Two sessions get them while one takes over from the other.
  expect(many).toBeGreaterThanOrEqual(sent - 10);
  expect(news.get('temp-key')).toBeGreaterThan(12);
  expect({ problems, pending }).toEqual({ problems: [], pending: 0 });
  expect([...server.core.refusals]).toEqual([]);
  expect(most.sent).toBeLessThan(10);
  expect(most.acks).toBeLessThan(100);
  expect(most.kept).toBeLessThan(200);
  expect(most.sessions).toBeLessThan(3);
  expect(late - early).toBeLessThan(GROWTH);
});
