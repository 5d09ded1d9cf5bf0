import type { Session } from '../../../packages/runtime/src/session/session.js';
import type { ServerSession } from '../../../packages/local-dc/src/protocol/session.js';
import { LATE_UPDATES, problemsOf } from './checks.js';
import { planOf, type Plan } from './plan.js';
import { watchSessions } from './sessions.js';
import { World } from './world.js';

/** Every call settles within so much time after the storm, milliseconds. */
const SETTLED_WITHIN = 600_000;

/** What has to come through afterwards takes at most so long. */
const LATE_WITHIN = 120_000;

/** Then there is nothing to do for so long … */
const QUIET = 600_000;

/** … but pings, acknowledgements and salts: so many packets at most, per minute. */
const PACKETS_A_MINUTE = 30;

export interface Outcome {
  readonly plan: Plan;
  readonly problems: readonly string[];
  /** Of everything that happened. */
  readonly digest: string;
  readonly lines: readonly string[];
  readonly steps: number;
}

/** Runs the simulation of a seed from beginning to end, and looks for what is wrong. */
export async function simulate(
  seed: number,
  keepTrace = false,
  plan = planOf(seed),
): Promise<Outcome> {
  const world = new World(plan, keepTrace);
  const problems: string[] = [];
  const sessions = watchSessions();
  try {
    world.start();
    await world.run(plan.storm);
    await world.run(Infinity, () => !world.clock.asleep);
    world.calm();
    const { engine } = world.probe;
    await world.run(SETTLED_WITHIN, () => engine.pendingCalls === 0);
    if (engine.pendingCalls > 0) problems.push(`${engine.pendingCalls} calls are still pending`);
    await world.run(QUIET / 4);
    for (let i = 0; i < 3; i++) world.server.push(LATE_UPDATES + i);
    await world.run(LATE_WITHIN);
    world.workload.late(5);
    await world.run(LATE_WITHIN, () => engine.pendingCalls === 0);
    if (engine.pendingCalls > 0) problems.push(`${engine.pendingCalls} late calls are pending`);
    const before = world.probe.packets;
    await world.run(QUIET);
    const packets = world.probe.packets - before;
    if (packets > (PACKETS_A_MINUTE * QUIET) / 60_000) problems.push(`${packets} packets at rest`);
    problems.push(...restProblems(world, sessions.seen), ...problemsOf(world));
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    sessions.stop();
    world.connection.close();
    world.server.core.close();
  }
  const { trace, steps } = world;
  return { plan, problems, digest: trace.digest(), lines: trace.lines, steps };
}

/** What is left when there is nothing more to do. */
function restProblems(world: World, seen: ReadonlySet<Session>): string[] {
  const problems: string[] = [];
  const { probe, connection, clock } = world;
  if (connection.state.type !== 'ready') problems.push(`at the end it is ${connection.state.type}`);
  const deadline = probe.deadline();
  const { steady } = clock.now();
  if (deadline !== null && deadline < steady) problems.push(`deadline ${steady - deadline} ms ago`);
  if (world.plan.carrier === 'stream' && deadline === null) problems.push('no deadline: no pings');
  for (const session of seen) {
    for (const { item } of session.outbox.sent.all()) {
      if (item.type === 'call') problems.push('a message of a settled call is kept');
    }
    if (session.id === probe.sessionId && session.acks.size > 2) {
      problems.push(`${session.acks.size} acknowledgements wait`);
    }
  }
  for (const session of world.server.core.sessions() as Iterable<ServerSession>) {
    if (!session.delivery.connected) continue;
    const kept = [...session.outbox.unacknowledged()].length;
    if (kept > 2) problems.push(`the server keeps ${kept} messages that were never acknowledged`);
    if (session.calls.running > 0) problems.push(`${session.calls.running} calls still run`);
  }
  return problems;
}
