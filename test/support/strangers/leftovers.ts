import { expect, vi } from 'vitest';

/** Sockets and listeners, as Node.js names them. */
const SOCKETS = ['TCPSocketWrap', 'TCPServerWrap', 'TLSWrap'];

/**
 * Waits until this thread has no socket open.
 *
 * @throws AssertionError that lists what is left.
 */
export async function expectNoSockets(): Promise<void> {
  await vi.waitFor(() => {
    const left = process.getActiveResourcesInfo().filter((one) => SOCKETS.includes(one));
    expect(left).toEqual([]);
  });
}
