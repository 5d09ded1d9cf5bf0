import { percentOf } from '../percent.js';
import type { Progress } from '../types.js';

/** Tells how far an upload is: bytes only ever grow, and 100 percent comes once, when everything has arrived. */
export class Meter {
  private done = 0;
  private told = false;

  constructor(
    private readonly onProgress: ((progress: Progress) => void) | undefined,
    private readonly total: () => number | undefined,
  ) {}

  /** These bytes had arrived before. */
  passed(bytes: number): void {
    this.done += bytes;
  }

  /** These bytes have arrived. @throws what the listener throws. */
  arrived(bytes: number): void {
    this.done += bytes;
    this.tell();
  }

  /** Everything has arrived, perhaps before this upload began. */
  finish(): void {
    if (!this.told) this.tell();
  }

  private tell(): void {
    const total = this.total();
    this.told = total === this.done;
    const percent = total === undefined ? undefined : percentOf(this.done, total);
    this.onProgress?.({ done: this.done, total, percent });
  }
}
