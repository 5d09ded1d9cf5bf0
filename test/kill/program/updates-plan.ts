/** What one life of the bot is told: its one argument, as JSON. */
export interface UpdatesPlan {
  readonly dc: object;
  readonly token: string;
  /** Of the session, and of the program's own database: SQLite files. */
  readonly session: string;
  readonly database: string;
  /** Of the ledger: a line for each update whose handler has ended. */
  readonly ledger: string;
  /** Number of this life. */
  readonly life: number;
  /** A text, and in how many chats it has to be handled: then the program closes its client, and ends. */
  readonly last: { readonly text: string; readonly chats: number } | null;
  /**
   * A mistake that the test has to notice: the handler does not wait for its work, or the storage writes half a second
   * later than it says.
   */
  readonly flaw: 'hasty-handler' | 'lazy-storage' | null;
  /** Time of the data center and of this program: what it was at some moment of real time, and how fast it runs. */
  readonly clock: { readonly real: number; readonly at: number; readonly speed: number };
}

/** Time that runs faster than real time, the same in all processes. Milliseconds. */
export function quickTime({ real, at, speed }: UpdatesPlan['clock']): number {
  return at + (Date.now() - real) * speed;
}
