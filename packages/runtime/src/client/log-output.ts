import type { LogSink } from '../core/logger.js';
import type { LineSink, Platform } from '../platform/types.js';
import { SettingsError } from './merge-settings.js';
import type { Settings } from './settings.js';

/** Where the settings `logger.to` and `logger.file` send messages. */
export class LogOutput {
  private file: { readonly path: string; readonly lines: LineSink } | null = null;

  constructor(private readonly platform: Pick<Platform, 'clock' | 'logFile'>) {}

  /**
   * @returns null: messages go nowhere.
   * @throws SettingsError for a file where there are none.
   */
  sink({ logger: { to, file } }: Settings): LogSink | null {
    if (to !== 'file') void this.close();
    switch (to) {
      case 'none':
        return null;
      case 'default':
        return (message, level) => console.error(lineOf(message, level));
      case 'console':
        return (message, level) => {
          const loud = level === 'warning' || level === 'error' || level === 'fatal';
          (loud ? console.error : console.log)(lineOf(message, level));
        };
      case 'file':
        return this.toFile(file);
      default:
        return to;
    }
  }

  /** Resolves when all is written. */
  async close(): Promise<void> {
    const { file } = this;
    this.file = null;
    await file?.lines.close();
  }

  private toFile(path: string): LogSink {
    const { clock, logFile } = this.platform;
    if (!logFile || path === '') {
      throw new SettingsError('logger.to', 'There are no files here to log to: choose another');
    }
    if (this.file?.path !== path) {
      void this.close();
      this.file = { path, lines: logFile(path) };
    }
    const { lines } = this.file;
    return (message, level) => {
      lines.write(`${new Date(clock.now().wall).toISOString()} ${lineOf(message, level)}`);
    };
  }
}

const lineOf = (message: string, level: string): string => `tlgen ${level}: ${message}`;
