import { readFileSync } from 'node:fs';

/** Bytes. */
const MB = 1e6;

/**
 * The most memory that this process ever had, MB. Linux counts what a process's parent had into `maxRSS`, so there the
 * figure is taken from where it is the process's own.
 */
export function peakMemory() {
  if (process.platform !== 'linux') return (process.resourceUsage().maxRSS * 1024) / MB;
  const [, kilobytes] =
    /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return (Number(kilobytes) * 1024) / MB;
}

/** What it has now, MB. */
export const memory = () => process.memoryUsage.rss() / MB;
