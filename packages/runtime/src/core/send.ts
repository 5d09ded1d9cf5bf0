import { decodeWith, encode, type ApiSchema, type TlMethod } from '@tlgen/codec';
import { ClosedError } from '../network/errors.js';
import type { Connection } from '../network/connection.js';
import type { Network } from '../network/network.js';
import type { CallEvent } from '../session/types.js';
import { MAX_CALL_BYTES } from '../session/limits.js';
import { asError } from '../network/as-error.js';
import type { Ending } from './cancellation.js';
import { OTHER_USER } from './middleware/same-user.js';
import { CallLostError, RequestTooLongError, RpcError } from './errors.js';
import type { Ticket } from './ordered-queue.js';
import { isRepeatable } from './repeatable.js';
import { orAbort } from './sleep.js';
import type { ApiCall } from './types.js';

/** What one `invoke` keeps while its call is repeated. */
export class SendContext {
  /** Settles when a call that nobody waits for any more is answered. */
  unheard: Promise<void> | null = null;
  private encoded: { readonly request: TlMethod; readonly body: Uint8Array } | null = null;

  /** @param isOthers - whether somebody else is signed in than when it was asked. */
  constructor(
    readonly ticket: Ticket | null,
    readonly isOthers: () => boolean,
  ) {}

  /** Serializes once: a repetition sends the same bytes, whatever became of the object. */
  body(request: TlMethod): Uint8Array {
    if (this.encoded?.request !== request) this.encoded = { request, body: encode(request) };
    return this.encoded.body;
  }
}

/**
 * The last step of a call: one request to one connection, one decoded result.
 *
 * @throws RpcError, CallLostError, RequestTooLongError, ClosedError, TlError (a request that cannot be written, a result that cannot be
 * read), or the reason of `ending`.
 */
export async function send(
  network: Network,
  schema: ApiSchema,
  call: ApiCall,
  context: SendContext,
  ending: Ending,
): Promise<unknown> {
  const { request, options } = call;
  const body = context.body(request);
  if (body.length > MAX_CALL_BYTES) {
    throw new RequestTooLongError(request._, body.length, MAX_CALL_BYTES);
  }
  const kind = options.connection ?? 'main';
  const dc = call.dc ?? network.homeDc;
  const connection = await orAbort(network.connection(dc, kind), ending);
  const after = context.ticket ? await turn(context.ticket, connection, ending) : undefined;
  ending.throwIfAborted();
  if (context.isOthers()) {
    throw new CallLostError(request._, false, OTHER_USER);
  }
  const event = await exchange(connection, call, context, { body, after, ending });
  switch (event.type) {
    // Only with `noResponse`.
    case 'acknowledged':
      return undefined;
    case 'result':
      if (options.noResponse) return undefined;
      return decodeWith(event.body, schema.registry, (reader) => request.$result(reader));
    case 'error':
      throw new RpcError(event.code, event.message, request._);
    default:
      throw lost(network, connection, request._, event);
  }
}

/** Waits for the call's turn in its queue; what it has to follow is still under way when this resolves. */
async function turn(
  ticket: Ticket,
  connection: Connection,
  ending: Ending,
): Promise<number | undefined> {
  for (;;) {
    const after = await orAbort(ticket.turn(connection), ending);
    if (after === undefined || connection.isPending(after)) return after;
  }
}

type Settled = Exclude<CallEvent, { readonly type: 'acknowledged' }>;
type Acknowledged = Extract<CallEvent, { readonly type: 'acknowledged' }>;

function exchange(
  connection: Connection,
  call: ApiCall,
  context: SendContext,
  how: {
    readonly body: Uint8Array;
    readonly after: number | undefined;
    readonly ending: Ending;
  },
): Promise<Settled | Acknowledged> {
  const { request, options } = call;
  const { body, after, ending } = how;
  return new Promise((resolve, reject) => {
    let answered: () => void = () => undefined;
    const onAbort = (): void => {
      connection.cancel(id);
      reject(ending.reason as Error);
    };
    const repeatable = options.repeatable ?? isRepeatable(request._);
    const { onAcknowledged, noResponse = false } = options;
    const quickAck = noResponse || onAcknowledged !== undefined;
    // Parts of files get no shorter, and it takes long to see that.
    const compress = options.connection !== 'media';
    const outgoing = { body, after, repeatable, quickAck, compress };
    const id = connection.call(outgoing, (event) => {
      if (event.type === 'acknowledged') {
        try {
          onAcknowledged?.();
        } catch (error) {
          connection.cancel(id);
          ending.removeEventListener('abort', onAbort);
          reject(asError(error));
          return;
        }
        if (!noResponse) return;
        // It stays under way: sent again after a break, until it is answered.
        context.unheard ??= new Promise((settle) => (answered = settle));
      } else answered();
      ending.removeEventListener('abort', onAbort);
      resolve(event);
    });
    context.ticket?.sent(connection, id);
    ending.addEventListener('abort', onAbort, { once: true });
  });
}

function lost(
  network: Network,
  connection: Connection,
  method: string,
  event: Extract<Settled, { type: 'lost' }>,
): Error {
  const { state } = connection;
  const failed = state.type === 'closed' ? state.error : undefined;
  if (failed && !event.mayHaveRun) return new ClosedError(failed);
  const cause = failed ?? (network.isClosed ? new ClosedError() : undefined);
  return new CallLostError(method, event.mayHaveRun, event.reason, cause && { cause });
}
