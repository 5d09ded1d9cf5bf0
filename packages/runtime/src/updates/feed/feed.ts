import type { TlMethod } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { FeedRun } from './run.js';
import { StateStore } from './state-store.js';
import type { FeedContext } from './types.js';

/** What comes while the storage is read; beyond, the difference at the start brings it. */
const HELD = 1000;

/**
 * Drives the update engine of one account ("Working with Updates"): brings it what is pushed and answered, asks the
 * server what it wants to know, gives the sink what it delivers, and saves how far that is done. An update is given at
 * least once: until it is done, it comes again after the next start.
 */
export class UpdateFeed {
  #run: FeedRun | null = null;
  #running = false;
  /** Counts starts and stops: whatever began before the last of them is not gone on with. */
  #life = 0;
  #turn: Promise<void> = Promise.resolve();
  /** What came while the storage is read. */
  #held: ((run: FeedRun) => void)[] | null = null;

  constructor(private readonly context: FeedContext) {}

  /** Whether updates are taken. */
  get running(): boolean {
    return this.#running;
  }

  /** Reads what is stored and starts the engine; nothing if it runs, or if nobody is signed in. Never rejects. */
  start(): Promise<void> {
    if (this.#running || this.context.self() === null) return this.#turn;
    this.#running = true;
    const life = ++this.#life;
    this.#held = [];
    return this.#inTurn(async () => {
      try {
        await this.#begin(life);
      } catch (error) {
        this.context.fail(error);
      }
      if (life !== this.#life || this.#held === null) return;
      // it could not begin
      this.#held = null;
      this.#running = false;
    });
  }

  /** Takes what the server pushed. */
  pushed(updates: base.TypeUpdates): void {
    this.#with((run) => run.pushed(updates));
  }

  /** Takes any answer to any own request: picks out updates, and what tells the pts of something. */
  answered(answer: unknown, request: TlMethod): void {
    if (typeof answer === 'object') this.#with((run) => run.answered(answer, request));
  }

  /** The home connection is ready: the first time, and after each reconnect. */
  connected(): void {
    this.#with((run) => run.connected());
  }

  /** The server has made a session anew on the home connection: what it had to push is lost. */
  sessionCreated(): void {
    this.#with((run) => run.sessionCreated());
  }

  /** Something was pushed that could not be read: a difference is to bring what it held. */
  missed(): void {
    this.#with((run) => run.missed());
  }

  /** Settings have changed. */
  configured(): void {
    this.#with((run) => run.configured());
  }

  /** Follows a channel, by its bare id, from a pts that something other than an update told. */
  follow(channel: bigint, pts: number): void {
    this.#with((run) => run.follow(channel, pts));
  }

  /** Takes nothing more; `done` still counts. What is done is saved when it resolves. Never rejects. */
  stop(): Promise<void> {
    this.#halt();
    return this.#inTurn(async () => {
      await this.#run?.save().catch((error: unknown) => this.context.fail(error));
    });
  }

  /** What is done is durable when it resolves. @throws StorageError. */
  async save(): Promise<void> {
    await this.#run?.save();
  }

  /** Signed out: stops, and drops all that is stored. @throws StorageError. */
  forget(): Promise<void> {
    this.#halt();
    return this.#inTurn(async () => {
      this.#run?.end();
      this.#run = null;
      await new StateStore(this.context).clear();
    });
  }

  async #begin(life: number): Promise<void> {
    const { context } = this;
    // what is done of the life before is saved; what is done later comes again
    await this.#run?.save().catch((error: unknown) => context.fail(error));
    this.#run?.end();
    this.#run = null;
    const self = context.self();
    if (life !== this.#life || self === null) return;
    const states = new StateStore(context);
    const loaded = await states.load(self.id, context.settings().catchUp);
    if (life !== this.#life || context.self()?.id !== self.id) return;
    const run = new FeedRun(context, self, states, loaded);
    const held = this.#held ?? [];
    this.#run = run;
    this.#held = null;
    run.start();
    for (const tell of held) tell(run);
  }

  #halt(): void {
    this.#running = false;
    this.#life++;
    this.#held = null;
    this.#run?.close();
  }

  #with(tell: (run: FeedRun) => void): void {
    if (!this.#running) return;
    if (this.#held === null) {
      if (this.#run !== null) tell(this.#run);
    } else if (this.#held.length < HELD) this.#held.push(tell);
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const result = this.#turn.then(step);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
