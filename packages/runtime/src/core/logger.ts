/** From most to least. */
export const LOG_LEVELS = [
  'ultra-verbose',
  'verbose',
  'notice',
  'warning',
  'error',
  'fatal',
] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where messages go. */
export type LogSink = (message: string, level: LogLevel) => void;

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
      this.sink(message, level);
    } catch {
      // A log that cannot be written must not stop what it tells about.
    }
  }
}
