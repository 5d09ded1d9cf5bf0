/** Where a command's text goes. */
export interface Output {
  write(chunk: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** What a command may ask a person. */
export interface Input extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean | undefined;
}

/** The world outside of a command; tests put their own in. */
export interface CliIo {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin?: Input | undefined;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Aborts when the user interrupts. */
  readonly signal?: AbortSignal | undefined;
}
