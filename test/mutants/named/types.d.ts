/** One check switched off: a piece of source, and what stands there instead. */
export interface NamedMutant {
  /** `session: …`: what is broken, in words. */
  readonly name: string;
  /** Path from the root. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** Test files, from test/, of which one has to fail. */
  readonly tests: readonly string[];
}
