import type { Timer } from '../../platform/types.js';
import type { Backlog } from './backlog.js';
import type { HubContext } from './types.js';

/** Milliseconds for which losses are gathered before they are told. */
const INTERVAL = 1000;

/** Gives up what waits too long to be read, where the settings say so, and tells how many were. */
export class Losses {
  private count = 0;
  private timer: Timer | null = null;

  constructor(private readonly context: Pick<HubContext, 'clock' | 'settings' | 'lost'>) {}

  /** Leaves no more in a backlog than the settings allow; the oldest go. An update counts once, whoever gave it up. */
  bound(backlog: Backlog): void {
    const { overflow, queueLimit } = this.context.settings();
    if (overflow !== 'drop-oldest') return;
    while (backlog.size > queueLimit) {
      const entry = backlog.shift();
      if (!entry) return;
      // Nobody misses what was of interest only then.
      if (!entry.dropped && !entry.ephemeral) this.add();
      entry.dropped = true;
      entry.release();
    }
  }

  /** Tells what was not told yet. */
  flush(): void {
    this.timer?.cancel();
    this.timer = null;
    const { count } = this;
    if (count === 0) return;
    this.count = 0;
    this.context.lost({
      reason: 'dropped',
      chatId: null,
      from: null,
      to: null,
      count,
      messages: [],
      users: [],
      chats: [],
    });
  }

  private add(): void {
    this.count++;
    this.timer ??= this.context.clock.after(INTERVAL, () => this.flush());
  }
}
