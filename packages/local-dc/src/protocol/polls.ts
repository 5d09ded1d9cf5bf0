import type { HttpWait } from '@tlgen/mtproto';
import type { ServerConnection } from './connection.js';

/** Longest a request is kept waiting, whatever `http_wait` says, milliseconds. */
const LONGEST = 60_000;
/** How long without `http_wait`. */
const DEFAULT_WAIT = 25_000;
/** Most requests of one session that wait. */
const MOST = 16;

/** A request over HTTP that has no response yet. */
interface Poll {
  readonly connection: ServerConnection;
  /** Clock reading of the latest response. */
  readonly until: number;
  readonly wait: HttpWait | null;
}

/** The requests over HTTP that wait for the session to have something to say ("HTTP Wait/Long Poll"). */
export class Polls {
  #polls: Poll[] = [];

  get waiting(): number {
    return this.#polls.length;
  }

  /** @returns the request that gives way to it, if there are too many. */
  add(
    connection: ServerConnection,
    clock: number,
    wait: HttpWait | null,
  ): ServerConnection | undefined {
    const asked = wait === null ? DEFAULT_WAIT : Math.max(0, Math.min(wait.maxWait, LONGEST));
    this.#polls.push({ connection, until: clock + asked, wait });
    return this.#polls.length > MOST ? this.#polls.shift()?.connection : undefined;
  }

  remove(connection: ServerConnection): void {
    this.#polls = this.#polls.filter((one) => one.connection !== connection);
  }

  /** The request to answer next: those that only brought something come before those that came to wait. */
  get next(): ServerConnection | undefined {
    return (this.#polls.find((one) => one.wait === null) ?? this.#polls[0])?.connection;
  }

  /** Clock reading when a message queued at `since` may leave: more may gather until then. */
  readyAt(since: number, lastReceived: number): number {
    const wait = this.#polls.find((one) => one.wait === null) ? null : this.#polls[0]?.wait;
    if (!wait) return since;
    const most = Math.max(0, Math.min(wait.maxDelay, LONGEST));
    const after = Math.max(0, Math.min(wait.waitAfter, LONGEST));
    return Math.min(since + most, Math.max(since, lastReceived + after));
  }

  /** When the first request has waited long enough; null: none waits. */
  get deadline(): number | null {
    return this.#polls.reduce<number | null>(
      (least, one) => (least === null || one.until < least ? one.until : least),
      null,
    );
  }

  /** Takes out the requests whose time is up; with `idle`, also those that did not come to wait. */
  takeDue(clock: number, idle: boolean): ServerConnection[] {
    const due = this.#polls.filter((one) => one.until <= clock || (idle && one.wait === null));
    this.#polls = this.#polls.filter((one) => !due.includes(one));
    return due.map((one) => one.connection);
  }

  takeAll(): ServerConnection[] {
    return this.takeDue(Infinity, true);
  }
}
