import { expect } from 'vitest';
import { SecurityError, type SecurityErrorCode } from '../../packages/runtime/src/crypto/index.js';
import type { EngineOptions } from '../../packages/runtime/src/session/index.js';
import type { HandshakeHooks } from '../../packages/local-dc/src/protocol/handshake/index.js';
import { PfsRig } from '../unit/runtime/session/pfs-rig.js';

/** What became of a key exchange of a client that has a call to send. */
export interface Outcome {
  /** Keys that the client takes for made. */
  readonly keys: number;
  readonly failures: readonly Error[];
  /** Whether the client asked for another connection. */
  readonly reconnects: boolean;
  /** Whether the call was sent. */
  readonly sent: boolean;
}

/** Lets a client make a key with a server that has these hooks. */
export function exchange(
  hooks: HandshakeHooks = {},
  options: Partial<EngineOptions> = {},
): Outcome {
  const rig = new PfsRig({ pfs: false, ...options }, hooks);
  rig.call(1);
  rig.connect();
  const sent = rig.requests().length === 1;
  const events = rig.newEvents();
  return {
    sent,
    keys: events.filter(({ type }) => type === 'auth-key').length,
    reconnects: events.some(({ type }) => type === 'reconnect'),
    failures: events.flatMap((one) => (one.type === 'handshake-failed' ? [one.error] : [])),
  };
}

/** The client takes the server's word: it makes the key and sends its call. */
export function expectMade(outcome: Outcome, what?: string): void {
  expect(outcome, what).toEqual({ keys: 1, failures: [], reconnects: false, sent: true });
}

/** The client drops the exchange for that reason, makes no key of it, and wants another connection. */
export function expectRefused(outcome: Outcome, code: SecurityErrorCode, what?: string): void {
  expect(outcome, what).toMatchObject({ keys: 0, reconnects: true, sent: false });
  expect(outcome.failures, what).toHaveLength(1);
  const [error] = outcome.failures;
  expect(error, what).toBeInstanceOf(SecurityError);
  expect((error as SecurityError).code, what).toBe(code);
}
