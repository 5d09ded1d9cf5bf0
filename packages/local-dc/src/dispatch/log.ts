/** How important a line is. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Takes lines about what happens in the data center. They hold no secrets. */
export type Logger = (level: LogLevel, line: string) => void;
