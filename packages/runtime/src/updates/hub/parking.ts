import { Backlog } from './backlog.js';
import type { Entry } from './entry.js';
import type { Losses } from './losses.js';

/** Updates that came while nobody wanted any. */
export class Parking {
  private readonly backlog = new Backlog();
  private leaving = false;

  constructor(private readonly losses: Losses) {}

  get empty(): boolean {
    return this.backlog.size === 0;
  }

  add(entry: Entry): void {
    this.backlog.push(entry);
    this.losses.bound(this.backlog);
  }

  clear(): void {
    this.backlog.clear();
  }

  /**
   * Somebody wants them: they leave in order, when the code that runs now has ended, so that whoever it subscribes
   * sees all of them.
   *
   * @param offer - takes an update; false: nobody wants any more, it stays.
   */
  leave(offer: (entry: Entry) => void, wanted: () => boolean): void {
    if (this.leaving || this.empty) return;
    this.leaving = true;
    queueMicrotask(() => {
      this.leaving = false;
      while (wanted()) {
        const entry = this.backlog.shift();
        if (!entry) return;
        offer(entry);
      }
    });
  }
}
