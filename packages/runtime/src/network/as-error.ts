/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  try {
    return new Error(String(thrown));
  } catch {
    // Some objects have no words for themselves.
    return new Error(`a value of type ${typeof thrown} was thrown`);
  }
}
