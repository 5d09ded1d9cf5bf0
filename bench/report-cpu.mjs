// Preloaded (node --import) into a program whose CPU time is wanted: it says so on file descriptor 3 at the end.
import { writeSync } from 'node:fs';

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeSync(3, JSON.stringify({ value: (user + system) / 1000 }));
});
