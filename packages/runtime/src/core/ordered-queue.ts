import type { Connection } from '../network/connection.js';
import type { CallId } from '../session/types.js';

/** A place in a queue. */
export class Ticket {
  /** Where and as what it was sent last. */
  private sentAt: { readonly connection: Connection; readonly call: CallId } | null = null;
  private isDone = false;
  private readonly waiting: (() => void)[] = [];

  /** @param gate - a call further ahead, that has to be settled before this one is sent. */
  constructor(
    private previous: Ticket | null,
    private gate: Ticket | null = null,
  ) {}

  /**
   * Waits until this call may be sent over `connection`.
   *
   * @returns the call that has to run before it; undefined when nothing has to.
   */
  async turn(connection: Connection): Promise<CallId | undefined> {
    while (this.gate && !this.gate.isDone) await this.gate.change();
    this.gate = null;
    for (;;) {
      const { previous } = this;
      if (!previous || previous.isDone) {
        this.previous = null;
        return undefined;
      }
      const sent = previous.sentAt;
      // The server keeps the order of calls that travel over one connection.
      if (sent && sent.connection === connection && connection.isPending(sent.call)) {
        return sent.call;
      }
      await previous.change();
    }
  }

  /** Waits until the call before this one has its result or error, whatever was tried until then. */
  async afterPrevious(): Promise<void> {
    while (this.previous && !this.previous.isDone) await this.previous.change();
  }

  sent(connection: Connection, call: CallId): void {
    this.sentAt = { connection, call };
    this.wake();
  }

  done(): void {
    this.isDone = true;
    this.previous = null;
    this.sentAt = null;
    this.wake();
  }

  /** Resolves when it is sent, or done. */
  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/** Queues by name: calls of one name run in the order they were made. */
export class OrderedQueues {
  private readonly queues = new Map<string, Ticket[]>();

  /** @param limit - how many calls of one queue may be under way at one time. */
  constructor(private readonly limit: () => number) {}

  /** Takes the next place. Call `leave` with it when the call is settled. */
  enter(name: string): Ticket {
    let queue = this.queues.get(name);
    if (!queue) this.queues.set(name, (queue = []));
    const ticket = new Ticket(queue.at(-1) ?? null, queue.at(-this.limit()) ?? null);
    queue.push(ticket);
    return ticket;
  }

  leave(name: string, ticket: Ticket): void {
    ticket.done();
    const queue = this.queues.get(name);
    if (!queue) return;
    const at = queue.indexOf(ticket);
    if (at >= 0) queue.splice(at, 1);
    if (queue.length === 0) this.queues.delete(name);
  }
}
