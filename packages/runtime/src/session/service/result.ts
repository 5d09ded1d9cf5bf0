import { decode, TlError } from '@tlgen/codec';
import { RpcError } from '@tlgen/mtproto';
import type { Now } from '../../platform/types.js';
import type { Call } from '../calls/call.js';
import { constructorOf } from '../inbox/constructor-of.js';
import type { Inflater } from '../inbox/inflate.js';
import { MAX_REFUSALS } from '../limits.js';
import type { BindOutcome, SessionParts } from '../session-parts.js';
import { onService } from './handlers.js';
import { errorRegistry, serviceRegistry } from './registry.js';

/** constructor id, req_msg_id. */
const HEAD = 12;

/** `boolTrue#997275b5`: the key is bound. */
const BOOL_TRUE = 0x997275b5;

/** Errors after which the server has to be told layer and application once more. */
const NOT_INITED = new Set(['CONNECTION_NOT_INITED', 'CONNECTION_LAYER_INVALID']);

/** The call did not run, because the one it runs after has not; says nothing about anything else. */
const NOT_AFTER = new Set(['MSG_WAIT_FAILED', 'MSG_WAIT_TIMEOUT']);

/**
 * Handles `rpc_result` (service messages, "Response to an RPC query"). A result that nobody waits for is one that came
 * twice, or too late.
 */
export function onResult(
  parts: SessionParts,
  body: Uint8Array,
  msgId: bigint,
  inflater: Inflater,
  now: Now,
): void {
  if (body.length < HEAD) throw new TlError('end-of-data', 'rpc_result ends early');
  const reqMsgId = new DataView(body.buffer, body.byteOffset, HEAD).getBigInt64(4, true);
  const message = parts.outbox.sent.delete(reqMsgId);
  if (message === undefined) return;
  const { item } = message;
  let result: Uint8Array;
  let error: RpcError | null;
  try {
    result = inflater.unpack(body.subarray(HEAD));
    error = errorIn(result);
  } catch (thrown) {
    const reason = 'its answer cannot be read';
    if (item.type === 'call') parts.context.calls.lost(item.call, true, reason);
    if (item.type === 'bind') parts.bindAgain(reason);
    throw thrown;
  }
  if (item.type === 'call') onCallResult(parts, item.call, result, error);
  else if (item.type === 'bind') {
    parts.bound(bindOutcome(result, error));
  } else if (error === null) onService(parts, decode(result, serviceRegistry), msgId, now);
}

function onCallResult(
  parts: SessionParts,
  call: Call,
  result: Uint8Array,
  error: RpcError | null,
): void {
  const { calls, settings } = parts.context;
  if (error === null) {
    parts.outbox.initialized = true;
    return calls.result(call, result);
  }
  const { errorCode, errorMessage } = error;
  const more = call.refusals < MAX_REFUSALS;
  if (NOT_INITED.has(errorMessage)) {
    parts.outbox.initialized = false;
    if (more && settings.prefix !== undefined) return calls.refused(call, errorMessage);
  } else if (!NOT_AFTER.has(errorMessage)) parts.outbox.initialized = true;
  // The call before is not to blame: its message got another id meanwhile, or the session began anew.
  const stale = NOT_AFTER.has(errorMessage) && call.request.after !== undefined;
  if (stale && more && !call.orphaned) {
    call.heldBy = calls.get(call.request.after ?? 0)?.msgId ?? null;
    return calls.refused(call, errorMessage);
  }
  calls.error(call, errorCode, errorMessage);
}

function bindOutcome(result: Uint8Array, error: RpcError | null): BindOutcome {
  if (error !== null) return { ok: false, code: error.errorCode, message: error.errorMessage };
  if (constructorOf(result) === BOOL_TRUE) return { ok: true };
  return { ok: false, code: 0, message: 'the server did not answer boolTrue' };
}

function errorIn(result: Uint8Array): RpcError | null {
  const id = constructorOf(result);
  if (id === 0) throw new TlError('end-of-data', 'rpc_result holds nothing');
  return id === RpcError.id ? (decode(result, errorRegistry) as RpcError) : null;
}
