import { percentOf } from '../percent.js';
import type { Progress } from '../types.js';

/** Tells how far a download is: after each part, and 100 % exactly once. */
export class ProgressReport {
  private done = 0;
  private complete = false;

  /** @param total - bytes; undefined: nobody knows. */
  constructor(
    private readonly tell: ((progress: Progress) => void) | undefined,
    private readonly total: number | undefined,
  ) {}

  add(bytes: number): void {
    this.done += bytes;
    const { done, total } = this;
    if (total === undefined) this.tell?.({ done, total, percent: undefined });
    else if (done >= total) this.finish();
    else this.tell?.({ done, total, percent: percentOf(done, total) });
  }

  /** All is there: of an empty range, or one whose size turned out now. */
  finish(): void {
    if (this.complete) return;
    this.complete = true;
    this.tell?.({ done: this.done, total: this.done, percent: 100 });
  }
}
