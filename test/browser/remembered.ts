import { expect } from 'vitest';
import { PATIENT, type Way } from './browser.js';

/**
 * Expects that a choice is still made after a visit to a page. What `file://` pages keep is written a moment later than
 * they are told, so there a few visits may be needed.
 */
export async function expectRemembered<T>(
  way: Way,
  visit: () => Promise<unknown>,
  read: () => Promise<T>,
  expected: T,
): Promise<void> {
  const look = async (): Promise<T> => {
    await visit();
    return read();
  };
  if (way === 'http') expect(await look()).toEqual(expected);
  else await expect.poll(look, { ...PATIENT, interval: 200 }).toEqual(expected);
}
