import type { JsonValue } from '@tlgen/codec';
import { relative } from 'node:path';
import pc from 'picocolors';
import type { CliIo, Output } from './io.js';
import { Progress } from './progress.js';

type Colors = ReturnType<typeof pc.createColors>;

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** What a command has to speak with. */
export class Context {
  readonly json: boolean;
  readonly quiet: boolean;
  /** For stdout. */
  readonly colors: Colors;
  /** For stderr. */
  readonly errorColors: Colors;

  constructor(
    readonly io: CliIo,
    options: GlobalOptions,
  ) {
    this.json = options.json ?? false;
    this.quiet = options.quiet ?? false;
    const colored = (output: Output): Colors => pc.createColors(wantsColor(io, output, options));
    this.colors = colored(io.stdout);
    this.errorColors = colored(io.stderr);
  }

  get cwd(): string {
    return this.io.cwd;
  }

  get signal(): AbortSignal | undefined {
    return this.io.signal;
  }

  /** The command's answer: one JSON document with `--json`, else text. */
  answer(json: unknown, text: () => string): void {
    const words = this.json ? JSON.stringify(json as JsonValue, null, 2) : text();
    if (words !== '') this.io.stdout.write(words.endsWith('\n') ? words : `${words}\n`);
  }

  /** A line for people, on stderr; not with `--quiet`. */
  note(text: string): void {
    if (!this.quiet) this.io.stderr.write(`${text}\n`);
  }

  /** A line about something wrong, on stderr, also with `--quiet`. */
  complain(text: string): void {
    this.io.stderr.write(`${text}\n`);
  }

  /** Says how far long work is. */
  progress(): Progress {
    return new Progress(this.io.stderr, this.quiet);
  }

  /** A path as the user would write it. */
  shown(path: string): string {
    const short = relative(this.cwd, path);
    return short === '' ? '.' : short.startsWith('../../..') ? path : short;
  }
}

function wantsColor({ env = {} }: CliIo, output: Output, { color, json }: GlobalOptions): boolean {
  if (color === false || json || (env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '0') !== '0') return true;
  return output.isTTY === true && env['TERM'] !== 'dumb';
}
