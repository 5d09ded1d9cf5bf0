import { gzipSync } from 'node:zlib';
import type { ServerKey } from '../../../packages/local-dc/src/protocol/index.js';
import { AuthKey } from '../../../packages/runtime/src/crypto/index.js';
import { Connection } from '../../../packages/runtime/src/network/connection.js';
import { Engine } from '../../../packages/runtime/src/session/index.js';
import { Random } from '../random.js';
import { simulatedCrypto } from './crypto.js';
import { scheduleIncidents } from './incidents.js';
import { Network } from './network.js';
import { prefix } from './payload.js';
import { FAIR, type Plan } from './plan.js';
import { Probe } from './probe.js';
import { rsaKey, SimulatedServer } from './server.js';
import { HostClock, START, Timeline } from './timeline.js';
import { Trace } from './trace.js';
import { Workload } from './workload.js';

/** So much may happen at one moment. */
const STEPS_WITHOUT_TIME = 20_000;

/** Rounds in which promises go on between two things that happen. */
const TURNS = 12;

/**
 * A client and a server with everything real but time, randomness and the wire: the connection of the runtime with its
 * engine and back-off, the HTTP transport, and the protocol core of the local data center.
 */
export class World {
  readonly timeline = new Timeline();
  readonly clock = new HostClock(this.timeline);
  readonly trace: Trace;
  readonly server: SimulatedServer;
  readonly network: Network;
  readonly probe: Probe;
  readonly connection: Connection;
  readonly workload: Workload;
  steps = 0;

  constructor(
    readonly plan: Plan,
    keepTrace = false,
  ) {
    const { timeline, clock } = this;
    const { seed } = plan;
    this.trace = new Trace(() => timeline.time, keepTrace);
    clock.wrong = plan.wrongAtStart;
    this.server = new SimulatedServer(plan, timeline, this.trace);
    const { core } = this.server;
    const random = new Random(seed ^ 0x4e37);
    this.network = new Network(timeline, clock, core, random, this.trace, plan);
    const crypto = simulatedCrypto(seed * 2 + 2);
    const authKey = plan.exchange ? undefined : new AuthKey(crypto, crypto.randomBytes(256));
    const salt = 77n;
    if (authKey) {
      // The same class; the types of the data center are those of the built runtime.
      const key = authKey as unknown as ServerKey['key'];
      core.addKey({ key, dcId: 2, expiresAt: null, salt });
    }
    const engine = new Engine({
      crypto,
      rsaKeys: [rsaKey],
      dcId: 2,
      authKey,
      salt,
      pfs: plan.pfs,
      tempKeyTtl: plan.tempKeyTtl,
      disconnectDelay: plan.disconnectDelay,
      gzip: (data) => new Uint8Array(gzipSync(data)),
      ...(plan.prefix ? { prefix } : {}),
    });
    this.probe = new Probe(engine, this.trace, () => timeline.time);
    this.connection = new Connection({
      clock,
      crypto,
      engine: this.probe,
      dial: (signal) => this.network.dial(signal),
      onNews: (news) => (news.type === 'auth-key' ? this.#stored() : undefined),
      onState: (state) => this.trace.add(`state ${state.type}`),
    });
    this.workload = new Workload(plan, timeline, clock, this.connection, this.trace);
  }

  /** Begins, with everything that is to happen during the storm. */
  start(): void {
    this.workload.schedule(this.server);
    scheduleIncidents(this.plan, this.network, this.server);
    this.connection.open();
  }

  /** Nothing goes wrong from now on; what went wrong stays as it is. */
  calm(): void {
    this.trace.add('* everything is calm');
    this.network.calm(FAIR);
    this.server.calm();
  }

  /** Lets things happen for so long, or until `done`. @throws Error when time stands still. */
  async run(ms: number, done: () => boolean = () => false): Promise<void> {
    const { timeline, server } = this;
    const end = timeline.time + ms;
    let still = 0;
    await turns();
    while (!done()) {
      const mine = timeline.next() ?? Infinity;
      const deadline = server.core.deadline();
      const theirs = deadline === null ? Infinity : deadline - START;
      const next = Math.min(mine, theirs);
      if (next > end) break;
      still = next > timeline.time ? 0 : still + 1;
      if (still > STEPS_WITHOUT_TIME) throw new Error('livelock: time stands still');
      this.steps++;
      if (mine <= theirs) timeline.step();
      else {
        timeline.time = Math.max(timeline.time, theirs);
        server.core.tick();
      }
      await turns();
    }
    if (!done()) timeline.time = Math.max(timeline.time, end);
  }

  /** Storing a key takes a moment, and nothing may be sent before. */
  #stored(): Promise<void> {
    return new Promise((resolve) => {
      this.timeline.after(this.network.random.below(300), () => resolve());
    });
  }
}

/** Lets promises go on. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
}
