import type { Context } from './context.js';

/** Options of a command, as commander collects them. */
export type Options = Readonly<Record<string, unknown>>;

/** Carries a command out; the number is its exit code. */
export type Run = (context: Context, args: readonly string[], options: Options) => Promise<number>;

/** One option: flags and description as commander takes them. */
export interface OptionSpec {
  readonly flags: string;
  readonly words: string;
  readonly choices?: readonly string[];
  readonly fallback?: string;
  /** May be given several times. */
  readonly repeat?: boolean;
  readonly integer?: boolean;
}

/** What help and argument parsing need to know of a command; its code is loaded when it runs. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly (readonly [name: string, words: string])[];
  readonly options: readonly OptionSpec[];
  /** Command line and what it does. */
  readonly examples: readonly (readonly [line: string, words: string])[];
  readonly load: () => Promise<{ readonly run: Run }>;
}

/** A text option; undefined when it was not given. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** An option that may be given several times. */
export function listOption(options: Options, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as string[]) : [];
}
