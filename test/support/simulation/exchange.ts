import type {
  ConnectionSink,
  ServerConnection,
} from '../../../packages/local-dc/src/protocol/index.js';
import type {
  HttpAnswer,
  HttpExchange,
} from '../../../packages/runtime/src/transport/http/exchange.js';
import { TransportError } from '../../../packages/runtime/src/transport/types.js';
import { ENDPOINT, REMOTE, type Network } from './network.js';
import { Pipe } from './pipe.js';

/** Requests and responses over the network: what is below the polling transport. */
export class SimulatedExchange implements HttpExchange {
  readonly remoteAddress = REMOTE;
  readonly buffered = 0;
  #posts = new Set<{ break(): void }>();
  #open = true;

  constructor(
    private readonly network: Network,
    readonly number: number,
  ) {}

  get open(): boolean {
    return this.#open;
  }

  post(packet: Uint8Array): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const post = new Post(this.network, this.number, resolve, reject, () =>
        this.#posts.delete(post),
      );
      this.#posts.add(post);
      post.send(packet);
    });
  }

  /** Everything under way breaks. */
  cut(): void {
    for (const post of this.#posts) post.break();
  }

  close(): void {
    this.#open = false;
    this.cut();
  }
}

/** One request. A network that repeats packets may bring it to the server twice; the first response counts. */
class Post {
  readonly #up: Pipe;
  readonly #down: Pipe;
  #servers: ServerConnection[] = [];
  #over = false;

  constructor(
    private readonly network: Network,
    private readonly number: number,
    private readonly resolve: (answer: HttpAnswer) => void,
    private readonly reject: (error: Error) => void,
    private readonly done: () => void,
  ) {
    this.#up = new Pipe(network, () => this.break());
    this.#down = new Pipe(network, () => this.break());
  }

  send(packet: Uint8Array): void {
    const what = `${this.number} post ${packet.length}`;
    const sent = this.#up.send(what, () => {
      const server = this.network.core.open({ dcId: ENDPOINT.dcId, polling: true }, this.#sink());
      this.#servers.push(server);
      server.receive(packet);
    });
    if (!sent) this.#lost();
  }

  /** The connection of the request breaks; the server learns of it when it answers, or before. */
  break(): void {
    if (this.#over) return;
    const { random, timeline, trace } = this.network;
    trace.add(`${this.number} post broken`);
    this.#over = true;
    if (random.chance(50)) this.#up.lose();
    timeline.after(random.below(5000), () => {
      for (const server of this.#servers) server.lost();
    });
    timeline.after(random.below(1000), () => this.#tell(() => this.reject(broken())));
  }

  #sink(): ConnectionSink {
    return {
      packet: (bytes) => this.#answer(200, bytes),
      quickAck: () => undefined,
      error: (code) => this.#answer(-code, new Uint8Array(Int32Array.of(code).buffer)),
      close: (isBroken) => {
        if (isBroken) this.break();
        else this.#answer(200, new Uint8Array(0));
      },
    };
  }

  #answer(status: number, body: Uint8Array): void {
    if (this.#over) return;
    const what = `${this.number} answer ${status} ${body.length}`;
    const sent = this.#down.send(what, () =>
      this.#tell(() => {
        if (this.#over) return;
        this.#over = true;
        this.resolve({ status, body });
      }),
    );
    if (!sent) this.#lost();
  }

  /** A packet of it is gone: the connection breaks, or the client waits until it has enough. */
  #lost(): void {
    if (this.network.random.chance(50)) this.break();
  }

  #tell(run: () => void): void {
    this.network.clock.whenAwake(() => {
      this.done();
      run();
    });
  }
}

function broken(): TransportError {
  return new TransportError('connection', 'the request broke');
}
