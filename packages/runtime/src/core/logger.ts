import { isThenable } from './thenable.js';

/** From most to least. */
export const LOG_LEVELS = [
  'ultra-verbose',
  'verbose',
  'notice',
  'warning',
  'error',
  'fatal',
] as const;

/** How much a message matters. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where messages go. One that fails, at once or by its promise, is not heard of. */
export type LogSink = (message: string, level: LogLevel) => unknown;

/** What those who have something to log need. */
export interface Log {
  log(level: LogLevel, message: string): void;
}

/** Passes on messages of a level and above. Callers never put keys, codes, passwords or message texts into one. */
export class Logger implements Log {
  constructor(
    private readonly sink: LogSink | null,
    private readonly level: LogLevel,
  ) {}

  log(level: LogLevel, message: string): void {
    if (!this.sink || LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(this.level)) return;
    try {
      const written = this.sink(message, level);
      if (isThenable(written)) written.then(undefined, () => undefined);
    } catch {
      // A log that cannot be written must not stop what it tells about.
    }
  }
}
