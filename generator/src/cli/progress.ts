import type { Output } from './io.js';

/** Redraws at most that often, in milliseconds. */
const PAUSE = 60;

/** One line on stderr that is redrawn on a terminal; elsewhere a plain line per stage. */
export class Progress {
  private last = 0;
  private drawn = false;

  constructor(
    private readonly output: Output,
    private readonly quiet: boolean,
  ) {}

  /** A new stage of the work. */
  stage(text: string): void {
    if (this.quiet) return;
    if (this.output.isTTY) this.draw(text);
    else this.output.write(`${text}\n`);
  }

  /** How far the stage is; shown on terminals only. */
  step(text: string, done: number, total: number): void {
    if (this.quiet || !this.output.isTTY || Date.now() - this.last < PAUSE) return;
    const percent = total > 0 ? ` ${Math.floor((done / total) * 100)} %` : '';
    this.draw(text + percent);
  }

  /** Wipes the line. */
  end(): void {
    if (this.drawn) this.output.write('\r\u001b[2K');
    this.drawn = false;
  }

  private draw(text: string): void {
    this.last = Date.now();
    this.drawn = true;
    const width = this.output.columns ?? 80;
    this.output.write(`\r\u001b[2K${text.slice(0, width - 1)}`);
  }
}
