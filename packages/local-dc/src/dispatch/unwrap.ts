import { gunzipSync } from 'node:zlib';
import { TlError, TlReader, type TlClass } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';

/** A request without what was around it. */
export interface Unwrapped {
  /** What `invokeWithLayer` said; null without one. */
  readonly layer: number | null;
  /** What `initConnection` said; null without one. */
  readonly apiId: number | null;
  readonly withoutUpdates: boolean;
  /** Messages that have to be carried out first, from `invokeAfterMsg` and `invokeAfterMsgs`. */
  readonly after: bigint[];
  /** The method's constructor id, unsigned. */
  readonly id: number;
  /** The method itself, serialized. */
  readonly body: Uint8Array;
}

/** Wrappers around wrappers; real clients stay below 5. */
const MAX_WRAPPERS = 16;
/** Most messages that one wrapper names; the rest of a longer list is ignored. */
const MAX_AFTER = 1024;

const GZIP_PACKED = 0x3072cfa1;
const MAX_INFLATED = 16 * 1024 * 1024;

/** Reads the parameters of a wrapper up to its query. */
type Peel = (r: TlReader, seen: { -readonly [K in keyof Unwrapped]: Unwrapped[K] }) => void;

const peels = new Map<number, Peel>();
const peel = (wrapper: TlClass, read: Peel): void => void peels.set(wrapper.id, read);

peel(tl.InvokeWithLayerRequest, (r, seen) => {
  seen.layer = r.int();
});
peel(tl.InitConnectionRequest, (r, seen) => {
  const flags = r.flags();
  seen.apiId = r.int();
  for (let i = 0; i < 6; i++) r.string();
  if (flags & 1) r.object(0);
  if (flags & 2) r.object(0);
});
peel(tl.InvokeWithoutUpdatesRequest, (_, seen) => {
  seen.withoutUpdates = true;
});
peel(tl.InvokeAfterMsgRequest, (r, seen) => void seen.after.push(r.long()));
peel(
  tl.InvokeAfterMsgsRequest,
  (r, seen) => void seen.after.push(...r.longs().slice(0, MAX_AFTER)),
);
peel(tl.InvokeWithMessagesRangeRequest, (r) => r.object(0));
peel(tl.InvokeWithTakeoutRequest, (r) => r.long());
peel(tl.InvokeWithBusinessConnectionRequest, (r) => r.string());
peel(tl.InvokeWithGooglePlayIntegrityRequest, (r) => (r.string(), r.string()));
peel(tl.InvokeWithApnsSecretRequest, (r) => (r.string(), r.string()));
peel(tl.InvokeWithReCaptchaRequest, (r) => r.string());

/**
 * Takes the wrappers off a serialized request.
 *
 * @throws TlError when a wrapper is malformed or there are too many.
 */
export function unwrap(body: Uint8Array): Unwrapped {
  const seen = { layer: null, apiId: null, withoutUpdates: false, after: [], id: 0, body } as {
    -readonly [K in keyof Unwrapped]: Unwrapped[K];
  };
  for (let depth = 0; ; depth++) {
    if (depth > MAX_WRAPPERS) throw new TlError('too-deep', 'wrappers nest too deep');
    const r = new TlReader(registry).reset(seen.body);
    seen.id = r.int() >>> 0;
    if (seen.id === GZIP_PACKED) {
      seen.body = inflate(r.bytes());
      continue;
    }
    const read = peels.get(seen.id);
    if (!read) return seen;
    read(r, seen);
    seen.body = seen.body.subarray(r.pos);
  }
}

function inflate(packed: Uint8Array): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_INFLATED });
  } catch (cause) {
    throw new TlError('gunzip', 'gzip_packed around a query is damaged or too large', { cause });
  }
}
