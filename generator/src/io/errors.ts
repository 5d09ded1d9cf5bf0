import type { JsonValue } from '@tlgen/codec';

/** What can be at fault about the input of a command. */
export type InputErrorCode =
  | 'file-not-found'
  | 'file-unreadable'
  | 'file-exists'
  | 'schema-errors'
  | 'bad-config'
  | 'bad-json'
  | 'bad-blob'
  | 'not-found'
  | 'fetch-failed'
  | 'output-conflict'
  | 'output-failed'
  | 'no-schema'
  | 'aborted';

/** The input is at fault: exit code 1. Its message is for people; no stack is shown. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputErrorCode;
  /** What to do about it; null when the message says it. */
  readonly hint: string | null;
  /** More for `--json`. */
  readonly details: JsonValue | undefined;

  constructor(
    code: InputErrorCode,
    message: string,
    more: { hint?: string | null; details?: JsonValue; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.hint = more.hint ?? null;
    this.details = more.details;
  }
}

/** The command was called wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super(message);
    this.hint = hint;
  }
}

/** The system's code of a failed file operation: `ENOENT`. */
export function systemCode(thrown: unknown): string | null {
  const code = (thrown as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}
