import { ClosedError } from '../../network/errors.js';
import type { Clock } from '../../platform/types.js';
import { Album, albumMessage } from './album.js';
import { Backlog } from './backlog.js';
import type { Consumers } from './consumers.js';
import type { Entry } from './entry.js';
import type { Handlers } from './handlers.js';
import { Hold, type HeldLane } from './hold.js';
import { Run, type RunContext } from './run.js';
import type { Waiting } from './wait.js';

/** What a lane needs of the others. */
export interface LaneContext extends RunContext {
  readonly clock: Clock;
  readonly handlers: Handlers;
  readonly consumers: Consumers;
  /** How many wait for an update. */
  awaited: number;
  /** Nothing is left in the lane. */
  idle(lane: Lane): void;
}

/**
 * The updates of one chat on their way to the handlers, one at a time. Behind a handler that is busy, and while a
 * conversation is open, they wait; waits may take them out of the line.
 */
export class Lane implements HeldLane {
  readonly clock: Clock;
  private readonly backlog = new Backlog();
  private readonly holds: Hold[] = [];
  private waits: readonly Waiting[] = [];
  private album: Album | null = null;
  /** Whether no more of the album are waited for. */
  private albumDue = false;
  /** What has come and was not looked at: handlers, and those who hear that something is done, may bring more. */
  private readonly arrived: Entry[] = [];
  /** Whether somebody works in the lane, who goes on until nothing can be done. */
  private locked = false;

  constructor(
    readonly chatId: bigint | null,
    private readonly context: LaneContext,
  ) {
    this.clock = context.clock;
  }

  offer(entry: Entry): void {
    entry.hold();
    // Most chats have nothing else to do: no line to join.
    if (this.isIdle && !this.locked && !this.context.handlers.wantAlbums) {
      this.locked = true;
      this.run(entry);
      this.locked = false;
    } else this.arrived.push(entry);
    this.proceed();
  }

  /** Keeps the lane for a conversation. */
  keep(hold: Hold): void {
    if (this.context.closing) this.proceed();
    else this.holds.push(hold);
  }

  /** Who holds the lane because of that event; null: nobody. */
  holdOf(id: number): Hold | null {
    return this.holds.find((hold) => hold.has(id)) ?? null;
  }

  begin(wait: Waiting): void {
    this.context.consumers.come();
    this.context.awaited++;
    this.waits = [...this.waits, wait];
    if (this.context.closing) wait.fail(this.context.closing);
    else wait.begin();
    const wasLocked = this.locked;
    this.locked = true;
    this.backlog.take((entry) => wait.takes(entry));
    this.locked = wasLocked;
    this.proceed();
  }

  forget(wait: Waiting): void {
    this.waits = this.waits.filter((one) => one !== wait);
    this.context.awaited--;
    this.context.consumers.go();
  }

  letGo(hold: Hold): void {
    const at = this.holds.indexOf(hold);
    if (at >= 0) this.holds.splice(at, 1);
    this.proceed();
  }

  /** Only what has come is handled yet; nobody waits for more. */
  hurry(reason: Error): void {
    this.fail(reason);
    for (const hold of this.holds.filter(({ entry }) => !entry)) this.letGo(hold);
    this.albumDue = true;
    this.proceed();
  }

  /** What waits to be handled is given up; whoever works or waits goes on. */
  clear(): void {
    for (const entry of this.arrived.splice(0)) entry.release();
    for (const entry of this.album?.close() ?? []) entry.release();
    this.album = null;
    this.albumDue = false;
    this.backlog.clear();
    this.proceed();
  }

  /** Nothing is handled any more. */
  close(): void {
    this.album?.close();
    this.album = null;
    this.fail(new ClosedError());
  }

  /** Those who wait are told that nothing will come. */
  fail(reason: Error): void {
    for (const wait of this.waits) wait.fail(reason);
  }

  /** @returns whether it waits for the rest of its album. */
  private collect(entry: Entry): boolean {
    const { handlers, clock, closing } = this.context;
    const wanted = handlers.wantAlbums || this.waits.some(({ albums }) => albums);
    if (!wanted && !this.album) return false;
    // Somebody who types does not part an album.
    if (entry.ephemeral) return false;
    const message = albumMessage(entry.event);
    if (this.album?.add(entry, message)) {
      if (this.album.full) this.closeAlbum();
      return true;
    }
    this.closeAlbum();
    if (!message || !wanted || closing) return false;
    this.album = new Album(entry, message, clock, () => {
      this.albumDue = true;
      this.proceed();
    });
    return true;
  }

  private closeAlbum(): void {
    const { album } = this;
    this.album = null;
    this.albumDue = false;
    for (const entry of album?.close() ?? []) this.accept(entry);
  }

  private accept(entry: Entry): void {
    for (const wait of this.waits) if (wait.takes(entry)) return;
    this.backlog.push(entry);
  }

  private proceed(): void {
    if (this.locked) return;
    this.locked = true;
    try {
      while (this.step());
    } finally {
      this.locked = false;
    }
    if (this.isIdle) this.context.idle(this);
  }

  private get isIdle(): boolean {
    return (
      this.holds.length === 0 &&
      this.backlog.size === 0 &&
      this.arrived.length === 0 &&
      this.album === null
    );
  }

  /** @returns whether there was something to do. */
  private step(): boolean {
    if (this.context.life.ended) return false;
    const arrived = this.arrived.shift();
    if (arrived) {
      if (!this.collect(arrived)) this.accept(arrived);
      return true;
    }
    if (this.albumDue) {
      this.closeAlbum();
      return true;
    }
    const entry = this.holds.length === 0 ? this.backlog.shift() : null;
    if (!entry) return false;
    this.run(entry);
    return true;
  }

  private run(entry: Entry): void {
    const { context } = this;
    const hold = new Hold(this, entry);
    this.holds.push(hold);
    const run = new Run(entry.event, context.handlers.list, context, () => hold.end(run.isBroken));
    if (run.proceed()) hold.end(run.isBroken);
  }
}
