import { TlgenError } from '@tlgen/codec';

/** A parameter of `client.api` that cannot be sent: unknown, missing, or of the wrong kind. Nothing was sent. */
export class ParameterError extends TlgenError {
  override readonly name = 'ParameterError';
  readonly code = 'BAD_PARAMETER';

  constructor(
    /** TL name of the method. */
    readonly method: string,
    /** Where: `peer`, `replyTo.replyToMsgId`, `id[3]`; empty when it is about all of them. */
    readonly parameter: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(
      parameter === '' ? `${method}: ${reason}` : `${method}, parameter ${parameter}: ${reason}`,
      options,
    );
  }
}

/** `client.api` was asked for a method that the schema doesn't have. */
export class UnknownMethodError extends TlgenError {
  override readonly name = 'UnknownMethodError';
  readonly code = 'NOT_IN_SCHEMA';

  constructor(
    /** The name that was asked for. */
    readonly missing: string,
    /** The method of the schema that is most like it; null: none is. */
    readonly suggestion: string | null,
    layer: number,
  ) {
    const hint =
      suggestion === null ? 'generate a schema that has it' : `did you mean ${suggestion}?`;
    super(`The schema given to the client (layer ${layer}) has no method ${missing}: ${hint}`);
  }
}
