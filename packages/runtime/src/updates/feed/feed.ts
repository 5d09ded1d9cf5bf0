import type { TlMethod } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import type { Timer } from '../../platform/types.js';
import type { Hands } from './in-hand.js';
import { FeedRun } from './run.js';
import { StateStore, type Loaded } from './state-store.js';
import type { FeedContext } from './types.js';

/** What comes while the storage is read; beyond, the difference at the start brings it. */
const HELD = 1000;

/** Milliseconds before a storage that cannot be read is tried again; doubles up to the second. */
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 64_000;

/** The last run, which may be over. */
interface Last {
  readonly self: bigint;
  readonly run: FeedRun;
}

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
  #last: Last | null = null;
  #retry: Timer | null = null;
  /** How often in a row the storage could not be read. */
  #failures = 0;

  constructor(private readonly context: FeedContext) {}

  /** Whether updates are taken. */
  get running(): boolean {
    return this.#running;
  }

  /**
   * Reads what is stored and starts the engine; nothing if it runs, or if nobody is signed in. When the storage cannot be
   * read, nothing is asked or written, and it is tried again until {@link UpdateFeed.stop}. Never rejects.
   */
  start(): Promise<void> {
    if (this.#running || this.context.self() === null) return this.#turn;
    this.#running = true;
    const life = ++this.#life;
    this.#held = [];
    this.#failures = 0;
    return this.#try(life);
  }

  /** The settings have changed. */
  configured(): void {
    if (this.#running && this.#held === null) this.#run?.configured();
  }

  #try(life: number): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#begin(life);
      } catch (error) {
        this.context.fail(error);
      }
      if (life !== this.#life || this.#held === null || this.#retry !== null) return;
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

  /** Follows a channel, by its bare id, from a pts that something other than an update told. */
  follow(channel: bigint, pts: number): void {
    this.#with((run) => run.follow(channel, pts));
  }

  /** Takes nothing more; `done` still counts. What is done is saved when it resolves. Never rejects. */
  stop(): Promise<void> {
    this.#halt();
    return this.#inTurn(async () => {
      await this.#run?.flush();
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
      this.#last = null;
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
    let loaded: Loaded;
    try {
      loaded = await states.load(self.id, context.settings().catchUp);
    } catch (error) {
      this.#later(error, life);
      return;
    }
    if (life !== this.#life || context.self()?.id !== self.id) return;
    const run = new FeedRun(context, self, states, loaded, this.#hands(self.id, loaded));
    const held = this.#held ?? [];
    this.#run = run;
    this.#last = { self: self.id, run };
    this.#held = null;
    run.start();
    for (const tell of held) tell(run);
  }

  /** The storage could not be read: what stands there is not to be lost. */
  #later(error: unknown, life: number): void {
    if (life !== this.#life) return;
    if (this.#failures === 0) this.context.fail(error);
    const wait = Math.min(FIRST_RETRY * 2 ** Math.min(this.#failures++, 16), LONGEST_RETRY);
    const text = `cannot be read: it is tried again in ${wait / 1000} s`;
    this.context.log.log('warning', `updates: the storage ${text}`);
    this.#retry = this.context.clock.after(wait, () => {
      this.#retry = null;
      void this.#try(life);
    });
  }

  /** What the life before has given; what nobody has begun with is dropped, if it comes again or is another's. */
  #hands(self: bigint, { stored }: Loaded): Hands {
    const last = this.#last;
    if (last === null) return new Map();
    const isSame = last.self === self;
    const hands = last.run.leave(() => {
      if (isSame && stored === null) return;
      try {
        this.context.sink.renewed?.();
      } catch (error) {
        this.context.fail(error);
      }
    });
    return isSame ? hands : new Map();
  }

  #halt(): void {
    this.#retry?.cancel();
    this.#retry = null;
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
