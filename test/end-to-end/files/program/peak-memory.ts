import { readFileSync } from 'node:fs';

const MIB = 1024 * 1024;
/** Milliseconds. */
const OFTEN = 5;

/** The most memory that this process has had, over what it had at the beginning. */
export class PeakMemory {
  private readonly base = process.memoryUsage.rss();
  private most = this.base;
  private readonly timer = setInterval(() => this.look(), OFTEN);

  look(): void {
    this.most = Math.max(this.most, process.memoryUsage.rss());
  }

  /** MiB. */
  end(): number {
    clearInterval(this.timer);
    this.look();
    return Math.ceil((Math.max(this.most, ofTheSystem()) - this.base) / MIB);
  }
}

/** What the system noted, bytes; 0: it does not tell. (`maxRSS` is no use: what the parent had counts there.) */
function ofTheSystem(): number {
  if (process.platform !== 'linux') return 0;
  const found = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(found?.[1] ?? 0) * 1024;
}
