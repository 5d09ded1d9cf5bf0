import { expect } from 'vitest';
import type { SecurityErrorCode } from '../../packages/runtime/src/crypto/index.js';
import type { Frame } from '../../packages/runtime/src/transport/types.js';
import type { PeerMessage } from '../support/session-peer.js';
import { Rig } from '../unit/runtime/session/rig.js';

/** What a message claims, where a right one would say the truth. */
export interface Claims {
  /** Bytes that the message says it has. */
  readonly length?: number;
  /** Bytes between the head and the end of the packet's plaintext, padding included. */
  readonly room?: number;
  readonly sessionId?: bigint;
}

/** A packet under the right key with a right msg_key, whatever it claims. */
export function packet(rig: Rig, message: PeerMessage, claims: Claims = {}): Uint8Array {
  const { body } = message;
  const room = claims.room ?? Math.ceil((body.length + 12) / 16) * 16;
  const bytes = new Uint8Array(24 + 32 + room);
  bytes.set(rig.key.idBytes);
  const view = new DataView(bytes.buffer, 24);
  view.setBigInt64(0, rig.peer.salt, true);
  view.setBigInt64(8, claims.sessionId ?? rig.peer.sessionId, true);
  view.setBigInt64(16, message.msgId, true);
  view.setInt32(24, message.seqNo, true);
  view.setInt32(28, claims.length ?? body.length, true);
  bytes.set(body, 24 + 32);
  bytes.set(rig.crypto.randomBytes(room - body.length), 24 + 32 + body.length);
  rig.crypto.seal2(bytes, rig.key.bytes, 8);
  return bytes;
}

/** A session that has been opened anew where the client wanted that. */
export function deliver(rig: Rig, bytes: Uint8Array): ReturnType<Rig['newEvents']> {
  const frame: Frame = { type: 'packet', bytes };
  rig.engine.receive(frame, rig.now);
  const events = rig.newEvents();
  if (events.some(({ type }) => type === 'reconnect')) {
    rig.cut();
    rig.connect();
    rig.flush();
    rig.newEvents();
  }
  return events;
}

/** The packet is refused for that reason, and nothing of it is handed out. */
export function expectDropped(
  rig: Rig,
  bytes: Uint8Array,
  code: SecurityErrorCode,
  what?: string,
): void {
  const events = deliver(rig, bytes);
  const refused = events.flatMap((one) => (one.type === 'refused' ? [one.error] : []));
  expect(refused, what).toEqual([expect.objectContaining({ name: 'SecurityError', code })]);
  const rest = events.filter(({ type }) => type !== 'refused' && type !== 'reconnect');
  expect(rest, what).toEqual([]);
}

/** The packet is handed out as one update with this body, and nothing is refused. It may teach the time. */
export function expectDelivered(
  rig: Rig,
  bytes: Uint8Array,
  body: Uint8Array,
  what?: string,
): void {
  const updates = [expect.objectContaining({ type: 'update', body })];
  const events = deliver(rig, bytes).filter(({ type }) => type !== 'time');
  expect(events, what).toEqual(updates);
}
