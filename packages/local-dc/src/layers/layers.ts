import { decode, decodeWith, TlError, TlObject, type ApiSchema, type TlMethod } from '@tlgen/codec';
import { LayerError } from './problem.js';
import { encodeResult } from './result.js';
import { Translator } from './translator.js';

/** One layer that clients may speak, beside the newest. */
interface Dialect {
  readonly schema: ApiSchema;
  /** Both null for the newest: nothing to translate. */
  readonly inbound: Translator | null;
  readonly outbound: Translator | null;
}

/** A request in the newest layer, and in the one it came in. */
export interface LayeredRequest {
  readonly request: TlMethod;
  /** Serializes the answer for the client. @throws LayerError, TlError when the client's layer cannot express it. */
  readonly encode: (result: unknown) => Uint8Array;
  /** Holds a serialized answer against the method's result type. @throws TlError when it is of another type. */
  readonly check: (answer: Uint8Array) => void;
}

/**
 * The layers that a data center speaks. Handlers see and make objects of the newest; each client gets those of its own
 * layer, translated by name.
 */
export class Layers {
  private readonly dialects: readonly Dialect[];

  /**
   * @param newest - what handlers use.
   * @param older - further layers; a client whose layer is not among them is served by the nearest.
   * @param onLoss - told of what an older layer could not express.
   */
  constructor(
    private readonly newest: ApiSchema,
    older: readonly ApiSchema[],
    private readonly onLoss: (loss: LayerError) => void,
  ) {
    const others = older.filter((one) => one.registry !== newest.registry);
    this.dialects = [
      { schema: newest, inbound: null, outbound: null },
      ...others.map((schema) => ({
        schema,
        inbound: new Translator(newest.registry, { layer: newest.layer, strict: true }),
        outbound: new Translator(schema.registry, { layer: schema.layer, onLoss }),
      })),
    ];
  }

  /** The schema that a client of `layer` is served with: its own, or the nearest. */
  private dialectOf(layer: number): Dialect {
    const [newest] = this.dialects as [Dialect];
    return this.dialects.reduce((best, one) => {
      const closer = Math.abs(one.schema.layer - layer) - Math.abs(best.schema.layer - layer);
      return closer < 0 ? one : best;
    }, newest);
  }

  /**
   * Reads a request.
   *
   * @returns null when neither the client's layer nor the newest has a method with that id.
   * @throws TlError when it is malformed, LayerError when the newest layer lacks something in it.
   */
  request(body: Uint8Array, id: number, layer: number): LayeredRequest | null {
    const dialect = this.dialectOf(layer);
    const served = [dialect, this.dialects[0] as Dialect].find(({ schema }) => {
      const one = schema.registry.get(id);
      return one !== undefined && schema.registry.isMethod(one);
    });
    if (!served) return null;
    const own = decode(body, served.schema.registry) as TlMethod;
    const request = (served.inbound ? served.inbound.object(own) : own) as TlMethod;
    return {
      request,
      encode: (result) => this.encode(result, own, dialect),
      check: (answer) => void decodeWith(answer, dialect.schema.registry, (r) => own.$result(r)),
    };
  }

  private encode(result: unknown, request: TlMethod, { schema, outbound }: Dialect): Uint8Array {
    if (!outbound) return encodeResult(result);
    try {
      return this.readable(outbound.value(result), request, schema);
    } catch (thrown) {
      // Newer layers wrap some answers: what is within may be all that the older one answers.
      for (const inner of objectsIn(result)) {
        try {
          return this.readable(outbound.object(inner), request, schema);
        } catch (again) {
          if (!(again instanceof LayerError)) throw again;
        }
      }
      throw thrown;
    }
  }

  /** A method may have answered with another type in that layer: what its clients cannot read is not sent. */
  private readable(answer: unknown, request: TlMethod, { layer, registry }: ApiSchema): Uint8Array {
    const bytes = encodeResult(answer);
    try {
      decodeWith(bytes, registry, (r) => request.$result(r));
    } catch (cause) {
      if (!(cause instanceof TlError)) throw cause;
      throw new LayerError(layer, request._, `answered otherwise there: ${cause.message}`);
    }
    return bytes;
  }

  /** Serializes an update for a client of `layer`; null when that layer cannot express it. */
  update(update: TlObject, layer: number): Uint8Array | null {
    const { outbound } = this.dialectOf(layer);
    try {
      return encodeResult(outbound ? outbound.object(update) : update);
    } catch (thrown) {
      if (!(thrown instanceof LayerError)) throw thrown;
      this.onLoss(thrown);
      return null;
    }
  }

  /** The newest layer. */
  get newestLayer(): number {
    return this.newest.layer;
  }
}

const objectsIn = (value: unknown): TlObject[] =>
  value instanceof TlObject
    ? Object.values(value).filter((field): field is TlObject => field instanceof TlObject)
    : [];
