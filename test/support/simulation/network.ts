import type { ServerCore } from '../../../packages/local-dc/src/protocol/index.js';
import { PollingTransport } from '../../../packages/runtime/src/transport/http/polling-transport.js';
import {
  TransportError,
  type Endpoint,
  type Transport,
} from '../../../packages/runtime/src/transport/types.js';
import type { Random } from '../random.js';
import { SimulatedExchange } from './exchange.js';
import { Line } from './line.js';
import type { Plan, Weather } from './plan.js';
import type { HostClock, Timeline } from './timeline.js';
import type { Trace } from './trace.js';

export const ENDPOINT: Endpoint = {
  host: '192.0.2.1',
  port: 443,
  dcId: 2,
  protocol: 'tcp_intermediate',
};
export const REMOTE = { host: ENDPOINT.host, port: ENDPOINT.port } as const;

/** How long a connection attempt may hang, milliseconds. */
const DIAL_TIMEOUT = 10_000;

/** Everything between client and server. */
export class Network {
  /** Changes when the storm is over. */
  weather: Weather;
  /** How often the server began anew: what was on its way then is lost, so that nothing comes again after that. */
  restarts = 0;
  /** Nobody can connect before this moment. */
  #outageUntil = 0;
  #ways: (Line | SimulatedExchange)[] = [];
  #count = 0;

  constructor(
    readonly timeline: Timeline,
    readonly clock: HostClock,
    readonly core: ServerCore,
    readonly random: Random,
    readonly trace: Trace,
    private readonly plan: Plan,
  ) {
    this.weather = plan.weather;
  }

  /** Draws. @param share - tenths of a percent. */
  happens(share: number): boolean {
    return share > 0 && this.random.below(1000) < share;
  }

  latency(): number {
    const [least, most] = this.weather.latency;
    return least + this.random.below(most - least + 1);
  }

  /** As `Dial` of the runtime. */
  dial(signal: AbortSignal): Promise<Transport> {
    const number = ++this.#count;
    const { timeline, clock, random, trace } = this;
    return new Promise((resolve, reject) => {
      const out = timeline.time < this.#outageUntil;
      const wait = out && random.chance(50) ? DIAL_TIMEOUT : 2 * this.latency();
      timeline.after(wait, () =>
        clock.whenAwake(() => {
          if (signal.aborted) return reject(new TransportError('connection', 'given up'));
          if (out || timeline.time < this.#outageUntil) {
            trace.add(`${number} refused`);
            return reject(new TransportError('connection', 'nobody listens'));
          }
          trace.add(`${number} open`);
          resolve(this.#open(number));
        }),
      );
    });
  }

  /** Nobody can connect for so long; what is open breaks. */
  outage(ms: number): void {
    this.#outageUntil = this.timeline.time + ms;
    for (const way of this.#openWays()) way.cut();
  }

  /** The connection in use swallows everything. */
  hole(): void {
    for (const way of this.#openWays()) {
      if (way instanceof Line) way.swallow();
      else way.cut();
    }
  }

  /** The storm is over. What swallows packets still does: that is for the client to notice. */
  calm(weather: Weather): void {
    this.weather = weather;
    this.#outageUntil = 0;
  }

  #open(number: number): Transport {
    const { carrier } = this.plan;
    const polling = carrier === 'polling' || (carrier === 'both' && this.random.chance(50));
    if (!polling) {
      const line = new Line(this, number);
      this.#ways.push(line);
      return line;
    }
    const exchange = new SimulatedExchange(this, number);
    this.#ways.push(exchange);
    return new PollingTransport({ ...ENDPOINT, protocol: 'http' }, exchange, this.clock);
  }

  #openWays(): (Line | SimulatedExchange)[] {
    this.#ways = this.#ways.filter((way) => way.open);
    return this.#ways;
  }
}
