import { TlgenError } from '@tlgen/codec';
/** The client is closed, or its connection failed for good (then `cause` says why). */
export class ClosedError extends TlgenError {
  override readonly name = 'ClosedError';
  readonly code = 'CLOSED';

  constructor(cause?: Error) {
    super(
      cause
        ? `The connection failed for good: ${cause.message}`
        : 'The client is closed: make a new one to go on',
      cause && { cause },
    );
  }
}

/** The schema the client was given lacks something that is needed. */
export class SchemaError extends TlgenError {
  override readonly name = 'SchemaError';
  readonly code = 'NOT_IN_SCHEMA';

  constructor(
    /** TL name of what is missing. */
    readonly missing: string,
    layer: number,
  ) {
    super(
      `The schema given to the client (layer ${layer}) has no ${missing}: ` +
        `generate one that has it, or don't use what needs it`,
    );
  }
}

/** No address of a data center is known, or none that the settings allow. */
export class DataCenterError extends TlgenError {
  override readonly name = 'DataCenterError';
  readonly code = 'NO_ADDRESS';

  constructor(
    readonly dc: number,
    why: string,
  ) {
    super(`There is no address for data center ${dc}: ${why}`);
  }
}
