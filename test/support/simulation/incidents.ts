import type { FaultDirection } from '../../../packages/local-dc/src/faults/index.js';
import { Random } from '../random.js';
import type { Network } from './network.js';
import { jump, type Plan } from './plan.js';
import type { SimulatedServer } from './server.js';

/** Codes of bad_msg_notification. */
const BAD_MESSAGES = [16, 17, 18, 19, 20, 32, 33, 34, 35, 64];

/** Lets things go wrong at moments of their own. */
export function scheduleIncidents(plan: Plan, network: Network, server: SimulatedServer): void {
  const random = new Random(plan.seed ^ 0x0dd5);
  const { incidents } = plan;
  const { timeline, clock, trace } = network;
  const at = (count: number, what: string, happen: () => void): void => {
    for (let i = 0; i < count; i++) {
      timeline.after(random.below(plan.storm), () => {
        trace.add(`* ${what}`);
        happen();
      });
    }
  };
  at(incidents.wallJumps, 'the wall clock is set', () => {
    clock.wrong += jump(random);
  });
  let skew = 0;
  at(incidents.skewJumps, "the server's clock is set", () => {
    skew += jump(random);
    server.skewed(skew);
  });
  at(incidents.sleeps, 'the host sleeps', () => {
    clock.sleep(random.pick([5_000, 60_000, 900_000]));
    if (random.chance(50)) network.outage(0);
  });
  at(incidents.outages, 'nobody can connect', () => {
    network.outage(random.pick([500, 20_000, 100_000]));
  });
  at(incidents.holes, 'a hole', () => network.hole());
  at(incidents.forgotten, 'the server forgets its sessions', () => {
    network.restarts++;
    server.forgetSessions();
  });
  at(incidents.destroyedKeys, 'the server forgets a key', () => server.forgetKey());
  const once = { times: 1 };
  const { faults } = server;
  at(incidents.badSalts, 'a bad salt', () => faults.add({ kind: 'bad-salt', ...once }));
  at(incidents.badMessages, 'a bad message', () => {
    faults.add({ kind: 'bad-msg', code: random.pick(BAD_MESSAGES), ...once });
  });
  at(incidents.transportErrors, 'a transport error', () => {
    const code = plan.pfs && random.chance(60) ? -404 : -429;
    faults.add({ kind: 'transport-error', code, ...once });
  });
  at(incidents.droppedAnswers, 'an answer is dropped', () => {
    faults.add({ kind: 'drop-answer', times: 1 + random.below(3) });
  });
  at(incidents.gateFaults, 'a fault at the gate', () => {
    const on: FaultDirection = random.chance(50) ? 'incoming' : 'outgoing';
    const times = 1 + random.below(4);
    switch (random.below(5)) {
      case 0:
        return faults.add({ kind: 'drop', on, times });
      case 1:
        return faults.add({ kind: 'duplicate', on, times });
      case 2:
        return faults.add({ kind: 'delay', on, times, ms: [1, 5000] });
      case 3:
        return faults.add({ kind: 'reorder', on, times });
      default:
        return faults.add({ kind: 'cut', on, times: 1, when: random.pick(['before', 'after']) });
    }
  });
}
