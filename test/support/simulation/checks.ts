import { codeOf } from './probe.js';
import { readResult } from './payload.js';
import type { Made } from './workload.js';
import type { World } from './world.js';

/** Errors that calls end with before they run. */
const NOT_RUN = new Set(['MSG_WAIT_FAILED', 'MSG_WAIT_TIMEOUT', 'CONNECTION_NOT_INITED']);

/** What is wrong with how things went; nothing, if all is well. */
export function problemsOf(world: World): string[] {
  const { workload, probe } = world;
  const problems = [...probe.problems];
  for (const call of workload.calls) {
    for (const problem of callProblems(world, call)) {
      problems.push(`call ${call.id} (number ${call.number}): ${problem}`);
    }
  }
  const known = new Set(workload.calls.map(({ number }) => number));
  for (const number of world.server.executions.keys()) {
    if (!known.has(number)) problems.push(`${number} ran and was never called`);
  }
  return [
    ...problems,
    ...updateProblems(world),
    ...refusalProblems(world),
    ...errorProblems(world),
  ];
}

/** Updates from this number on are sent when all is calm. */
export const LATE_UPDATES = 1000;

/** A message that waited longer gets another id, or the client would refuse it, milliseconds. */
const RENUMBERED_AFTER = 270_000;

function updateProblems({ server, probe, plan }: World): string[] {
  const problems: string[] = [];
  for (const [number, { at, count }] of server.pushed) {
    const came = probe.updates.get(number) ?? [];
    // Nobody can tell a message with a new id from another one; what an update says tells them apart.
    const clear = plan.incidents.skewJumps === 0;
    const first = came.filter((time) => time < at + RENUMBERED_AFTER);
    if (clear && first.length > count) {
      problems.push(`update ${number} came ${first.length} times, sent ${count} times`);
    }
    if (number >= LATE_UPDATES && came.length === 0) problems.push(`update ${number} did not come`);
  }
  return problems;
}

function callProblems(world: World, call: Made): string[] {
  const { probe, server, workload } = world;
  const problems: string[] = [];
  const runs = server.runs(call.number);
  const event = probe.settled.get(call.id);
  if (event === undefined) return ['not settled'];
  if (!call.repeatable && runs.length > 1) problems.push(`ran ${runs.length} times`);
  switch (event.type) {
    case 'result':
      if (readResult(event.body) !== call.number) problems.push('the result of another call');
      if (!runs.some(({ ended }) => ended !== null)) problems.push('a result, and it did not run');
      break;
    case 'error':
      if (event.message === 'BAD') {
        if (runs.length === 0) problems.push('an error, and it did not run');
        if (!call.behaviour.startsWith('fails')) problems.push('the error of another call');
      } else if (!NOT_RUN.has(event.message)) problems.push(`error ${event.message}`);
      else if (runs.length > 0 && !call.repeatable) problems.push(`${event.message}, and it ran`);
      break;
    case 'lost':
      if (!event.mayHaveRun && runs.length > 0)
        problems.push(`ran; told it did not: ${event.reason}`);
      if (event.reason !== 'cancelled' && world.plan.calm) problems.push(`lost: ${event.reason}`);
  }
  if (call.late && event.type === 'lost') problems.push(`lost in calm weather: ${event.reason}`);
  const before = call.after === null ? undefined : workload.calls[call.after];
  if (before === undefined) {
    if (event.type === 'error' && event.message !== 'BAD') problems.push(event.message);
    return problems;
  }
  const outcome = probe.settled.get(before.id);
  if (event.type === 'error' && event.message !== 'BAD' && outcome?.type === 'result') {
    problems.push(`${event.message}, and what it runs after came through`);
  }
  for (const { begun } of runs) {
    const ends = server.runs(before.number).map(({ ended }) => ended ?? Infinity);
    if (!ends.some((ended) => ended < begun)) problems.push('ran before its predecessor');
  }
  return problems;
}

/** What the client did wrong, as the server sees it, and nothing that was done to it explains. */
function refusalProblems({ plan, server }: World): string[] {
  const { incidents } = plan;
  const time =
    plan.wrongAtStart !== 0 || incidents.wallJumps + incidents.skewJumps + incidents.sleeps > 0;
  const keys = incidents.destroyedKeys + incidents.skewJumps + incidents.sleeps > 0;
  const explained = (kind: string, code: number | null): boolean => {
    switch (kind) {
      case 'bad-salt':
        // The first message after a long time, or of a new engine with an old salt.
        return !plan.calm;
      case 'bad-msg':
        return time && (code === 16 || code === 17);
      case 'unknown-key':
      case 'expired-key':
        return keys || plan.pfs;
      case 'handshake':
        return plan.pfs || plan.exchange;
      default:
        return false;
    }
  };
  const problems = new Set<string>();
  for (const { kind, code, detail } of server.core.refusals) {
    if (!explained(kind, code)) problems.add(`the server refused: ${kind} ${code} ${detail}`);
  }
  return [...problems];
}

/** What the client refused, and nothing explains. */
function errorProblems({ plan, probe }: World): string[] {
  const { incidents } = plan;
  const time =
    plan.wrongAtStart !== 0 || incidents.wallJumps + incidents.skewJumps + incidents.sleeps > 0;
  const problems = new Set<string>();
  for (const error of probe.refused) {
    const code = codeOf(error);
    const explained =
      code === 'message-id-time'
        ? time
        : // Of a session or key that is not in use any more.
          (code === 'session-id' || code === 'auth-key-id') && !plan.calm;
    if (!explained) problems.add(`the client refused: ${error.name} ${code} ${error.message}`);
  }
  return [...problems];
}
