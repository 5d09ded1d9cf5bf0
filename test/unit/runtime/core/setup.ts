import { account } from '@tlgen/telegram';
import { FakeClient, FakeWorld, type Answer } from '../network/fakes/world.js';

/** A method that writes. */
export const write = () => new account.UpdateStatusRequest({ offline: true });
/** A method that reads. */
export const read = () => new account.CheckUsernameRequest({ username: 'durov' });

/** A fake world and a client of it that is signed in. */
export async function setUp(): Promise<{ world: FakeWorld; client: FakeClient }> {
  const world = new FakeWorld();
  return { world, client: await FakeClient.signedIn(world) };
}

/** Answers the first calls with these, the rest as usual. */
export function answerWith(world: FakeWorld, ...list: Answer[]): void {
  world.answer = (asked) => list.shift() ?? world.usual(asked);
}

/** What became of a promise, without waiting for it. */
export function watch<T>(promise: Promise<T>): { value?: T; error?: unknown; done: boolean } {
  const seen: { value?: T; error?: unknown; done: boolean } = { done: false };
  promise.then(
    (value) => Object.assign(seen, { value, done: true }),
    (error: unknown) => Object.assign(seen, { error, done: true }),
  );
  return seen;
}
