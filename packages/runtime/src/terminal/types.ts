import type { Readable, Writable } from 'node:stream';

/** The streams of a terminal, or of whatever stands for one. */
export interface TerminalOptions {
  /** Where answers come from. Default: standard input. Without a terminal, lines are read as they come. */
  readonly input?: Readable | undefined;
  /** Where questions go. Default: standard error, so that what the program prints can be piped on. */
  readonly output?: Writable | undefined;
}

/** Asks one question. */
export interface Prompt {
  readonly text: string;
  /** What is typed is not shown. */
  readonly hidden?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** What answers questions: a terminal, or lines from a pipe. */
export interface Prompter {
  /** @throws AbortError when the person gives up (Ctrl-C, Ctrl-D) or the lines end; the signal's reason. */
  ask(prompt: Prompt): Promise<string>;
  /** Writes a line. */
  say(text: string): void;
  /** Whether it is a terminal, which knows colours. */
  readonly isTerminal: boolean;
}
