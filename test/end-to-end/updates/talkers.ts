import { LocalDc, type LocalDcOptions, type TestPerson } from '@tlgen/local-dc';
import { expect, vi } from 'vitest';
import { person, type Person, type PersonOptions } from '../people.js';

/** Somebody whose updates are watched, and a friend who writes, in a data center of their own. */
export interface Scene extends AsyncDisposable {
  readonly dc: LocalDc;
  readonly me: TestPerson;
  readonly friend: TestPerson;
  readonly one: Person;
  /** The friend writes to me. */
  write(text: string): void;
}

export async function scene(
  options: PersonOptions = {},
  dcOptions: LocalDcOptions = {},
): Promise<Scene> {
  const dc = await LocalDc.start(dcOptions);
  const me = await dc.createUser({ firstName: 'Me', username: 'me_myself' });
  const friend = await dc.createUser({ firstName: 'Friend', username: 'friend' });
  const one = await person(dc, me, options);
  return {
    dc,
    me,
    friend,
    one,
    write: (text) => void dc.send(friend.id, me.id, text),
    async [Symbol.asyncDispose]() {
      await one[Symbol.asyncDispose]();
      await dc.close();
    },
  };
}

/** Waits until something holds. */
export const waits = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000 });

/** The client knows where it stands: what comes from now on is news. */
export async function settled({ called, client }: Person): Promise<void> {
  await waits(() => expect(called).toContain('updates.getState'));
  await client.me({ refresh: true });
}

export const times = (called: readonly string[], name: string): number =>
  called.filter((one) => one === name).length;
