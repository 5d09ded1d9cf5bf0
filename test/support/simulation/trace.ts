import { createHash } from 'node:crypto';

/** What happened, as lines: a hash of all of them, and the lines themselves when somebody wants to read them. */
export class Trace {
  readonly lines: string[] = [];
  readonly #hash = createHash('sha256');

  constructor(
    private readonly time: () => number,
    private readonly keep: boolean,
  ) {}

  add(text: string): void {
    const line = `${this.time()} ${text}`;
    this.#hash.update(line).update('\n');
    if (this.keep) this.lines.push(line);
  }

  /** Ends the trace. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
