import type { LogSink } from '../core/logger.js';
import type { Settings } from './settings.js';

/** Where the setting `logger.to` sends messages; null: nowhere. */
export function logSink({ logger: { to } }: Settings): LogSink | null {
  if (to === 'none') return null;
  if (to !== 'console') return to;
  return (message, level) => {
    const line = `tlgen ${level}: ${message}`;
    if (level === 'warning' || level === 'error' || level === 'fatal') console.error(line);
    else console.log(line);
  };
}
