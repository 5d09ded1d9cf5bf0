// Loaded before a program (`node --import`): writes what the program used into the file that TLGEN_MEASURE names.
import { writeFileSync } from 'node:fs';

/** What a program used: CPU time in seconds, peak memory in bytes. */
export interface Usage {
  readonly cpu: number;
  readonly memory: number;
}

/** What this process has used until now. */
export function usage(): Usage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS * 1024 };
}

const file = process.env['TLGEN_MEASURE'];
if (file !== undefined) process.on('exit', () => writeFileSync(file, JSON.stringify(usage())));
