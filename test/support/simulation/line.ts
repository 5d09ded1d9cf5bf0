import type { ServerConnection } from '../../../packages/local-dc/src/protocol/index.js';
import {
  TransportError,
  type Frame,
  type Transport,
  type TransportReceiver,
} from '../../../packages/runtime/src/transport/types.js';
import { ENDPOINT, REMOTE, type Network } from './network.js';
import { Pipe } from './pipe.js';

/** A stream connection between client and server: packets both ways, and an end that each side learns by itself. */
export class Line implements Transport {
  readonly endpoint = ENDPOINT;
  readonly remoteAddress = REMOTE;
  readonly buffered = 0;
  readonly polling = false;
  readonly #up: Pipe;
  readonly #down: Pipe;
  readonly #server: ServerConnection;
  #receiver: TransportReceiver | null = null;
  /** Each side as it sees itself. */
  #clientOpen = true;
  #serverOpen = true;

  constructor(
    private readonly network: Network,
    readonly number: number,
  ) {
    const cut = (): void => this.cut();
    this.#up = new Pipe(network, cut);
    this.#down = new Pipe(network, cut);
    this.#server = network.core.open(
      { dcId: ENDPOINT.dcId },
      {
        packet: (bytes) => this.#toClient({ type: 'packet', bytes }),
        quickAck: (token) => this.#toClient({ type: 'quick-ack', token }),
        error: (code) => this.#toClient({ type: 'error', code }),
        close: () => this.#serverCloses(),
      },
    );
  }

  get open(): boolean {
    return this.#clientOpen;
  }

  listen(receiver: TransportReceiver): void {
    this.#receiver = receiver;
  }

  send(packet: Uint8Array, quickAck = false): void {
    if (!this.#clientOpen) return;
    this.#up.send(`${this.number} up ${packet.length}`, () => {
      if (this.#serverOpen) this.#server.receive(packet, quickAck);
    });
  }

  /** The client closes it. The server learns of it soon or late; what is on its way may arrive or not. */
  close(): void {
    if (!this.#clientOpen) return;
    this.#clientOpen = false;
    this.network.trace.add(`${this.number} closed by the client`);
    this.#severed();
  }

  /** Breaks: what is on its way may arrive or not, each way; each side learns of it in its own time. */
  cut(): void {
    if (!this.#clientOpen) return;
    const { network } = this;
    network.trace.add(`${this.number} cut`);
    this.#severed();
    network.timeline.after(network.random.below(2000), () => this.#clientLearns('cut'));
  }

  /** From now on nothing arrives, and nobody is told. */
  swallow(): void {
    this.network.trace.add(`${this.number} swallows everything`);
    this.#up.swallow();
    this.#down.swallow();
  }

  #toClient(frame: Frame): void {
    if (!this.#serverOpen) return;
    this.#down.send(`${this.number} down ${frame.type}`, () =>
      this.network.clock.whenAwake(() => {
        if (this.#clientOpen) this.#receiver?.onFrame(frame);
      }),
    );
  }

  #severed(): void {
    const { network } = this;
    const { random, timeline } = network;
    for (const pipe of [this.#up, this.#down]) if (random.chance(50)) pipe.lose();
    this.#up.end();
    const late = random.chance(50) ? random.below(60_000) : random.below(1000);
    timeline.after(late, () => {
      if (!this.#serverOpen) return;
      this.#serverOpen = false;
      this.#server.lost();
    });
  }

  #serverCloses(): void {
    if (!this.#serverOpen) return;
    this.#serverOpen = false;
    this.network.trace.add(`${this.number} closed by the server`);
    this.#down.finish(() => this.#clientLearns('the server closed the connection'));
  }

  #clientLearns(reason: string): void {
    this.network.clock.whenAwake(() => {
      if (!this.#clientOpen) return;
      this.#clientOpen = false;
      this.#receiver?.onClose(new TransportError('connection', reason));
    });
  }
}
