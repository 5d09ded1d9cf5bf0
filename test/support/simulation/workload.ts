import type { Connection } from '../../../packages/runtime/src/network/connection.js';
import type { CallId } from '../../../packages/runtime/src/session/index.js';
import { Random } from '../random.js';
import { BEHAVIOURS, requestBody, type Behaviour } from './payload.js';
import type { Plan } from './plan.js';
import type { SimulatedServer } from './server.js';
import type { HostClock, Timeline } from './timeline.js';
import type { Trace } from './trace.js';

/** A call that was made. */
export interface Made {
  readonly number: number;
  readonly id: CallId;
  readonly behaviour: Behaviour;
  /** Number of the call it runs after. */
  readonly after: number | null;
  readonly repeatable: boolean;
  /** Made long after everything had become calm. */
  readonly late: boolean;
  cancelled: boolean;
}

/** What the client does: calls of all kinds, alone and in bursts and chains, some of them given up. */
export class Workload {
  readonly calls: Made[] = [];
  readonly #random: Random;

  constructor(
    private readonly plan: Plan,
    private readonly timeline: Timeline,
    private readonly clock: HostClock,
    private readonly connection: Connection,
    private readonly trace: Trace,
  ) {
    this.#random = new Random(plan.seed ^ 0xca11);
  }

  /** Plans everything that happens during the storm. */
  schedule(server: SimulatedServer): void {
    const { plan, timeline, clock } = this;
    const random = this.#random;
    for (let made = 0; made < plan.calls; made++) {
      const burst = random.chance(25) ? 1 + random.below(8) : 1;
      timeline.after(random.below(plan.storm), () =>
        clock.whenAwake(() => {
          for (let i = 0; i < burst; i++) this.#one(false);
        }),
      );
      made += burst - 1;
    }
    for (let i = 0; i < plan.pushes; i++) {
      timeline.after(random.below(plan.storm), () => server.push(i));
    }
  }

  /** Calls that have to come through, because nothing goes wrong any more. */
  late(count: number): void {
    for (let i = 0; i < count; i++) this.#one(true);
  }

  #one(late: boolean): void {
    const { connection, timeline, clock, trace } = this;
    const random = this.#random;
    const number = this.calls.length;
    const behaviour = random.pick(BEHAVIOURS);
    const earlier = this.calls.slice(-4).filter((one) => !late || one.late);
    const after = random.chance(35) && earlier.length > 0 ? random.pick(earlier) : null;
    const repeatable = random.chance(30);
    const filler = random.pick([0, 0, 0, 5, 60, 500, 2000]);
    const call = {
      body: requestBody(number, behaviour, filler),
      after: after?.id,
      quickAck: random.chance(30),
      repeatable,
      compress: random.chance(80),
    };
    const id = connection.call(call, () => undefined);
    const made = { number, id, behaviour, after: after?.number ?? null, repeatable, late };
    const entry: Made = { ...made, cancelled: false };
    this.calls.push(entry);
    trace.add(
      `call ${id} is ${number}: ${behaviour}${repeatable ? ', repeatable' : ''}` +
        (after === null ? '' : `, after ${after.number}`),
    );
    if (late || !random.chance(8)) return;
    timeline.after(random.below(5000), () =>
      clock.whenAwake(() => {
        if (!connection.isPending(id)) return;
        entry.cancelled = true;
        trace.add(`cancel ${number}`);
        connection.cancel(id);
      }),
    );
  }
}
