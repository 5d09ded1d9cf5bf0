import type { Connection } from '../network/connection.js';
import type { CallId } from '../session/types.js';

/** A place in a queue. */
export class Ticket {
  /** Where and as what it was sent last. */
  private sentAt: { readonly connection: Connection; readonly call: CallId } | null = null;
  private isDone = false;
  private readonly waiting: (() => void)[] = [];

  constructor(private previous: Ticket | null) {}

  /**
   * Waits until this call may be sent over `connection`.
   *
   * @returns the call that has to run before it; undefined when nothing has to.
   */
  async turn(connection: Connection): Promise<CallId | undefined> {
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
  private readonly last = new Map<string, Ticket>();

  /** Takes the next place. Call `leave` with it when the call is settled. */
  enter(name: string): Ticket {
    const ticket = new Ticket(this.last.get(name) ?? null);
    this.last.set(name, ticket);
    return ticket;
  }

  leave(name: string, ticket: Ticket): void {
    ticket.done();
    if (this.last.get(name) === ticket) this.last.delete(name);
  }
}
