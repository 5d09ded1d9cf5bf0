import { constructorOf } from './container.js';
import * as ids from './ids.js';

const VECTOR = 0x1cb5c415;

/** Most messages that one call may wait for. */
const MOST = 1024;

/** A query and what it has to wait for. */
export interface Dependent {
  readonly after: readonly bigint[];
  readonly query: Uint8Array;
}

/** Takes `invokeAfterMsg` and `invokeAfterMsgs` off a query. @returns null when they cannot be read. */
export function readDependencies(body: Uint8Array): Dependent | null {
  const after: bigint[] = [];
  let query = body;
  for (;;) {
    const view = new DataView(query.buffer, query.byteOffset, query.length);
    const id = constructorOf(query);
    if (id === ids.INVOKE_AFTER_MSG) {
      if (query.length < 16) return null;
      after.push(view.getBigInt64(4, true));
      query = query.subarray(12);
    } else if (id === ids.INVOKE_AFTER_MSGS) {
      if (query.length < 16 || view.getUint32(4, true) !== VECTOR) return null;
      const count = view.getUint32(8, true);
      if (count > MOST || 16 + count * 8 > query.length) return null;
      for (let i = 0; i < count; i++) after.push(view.getBigInt64(12 + i * 8, true));
      query = query.subarray(12 + count * 8);
    } else return { after, query };
    if (after.length > MOST) return null;
  }
}
