import type { TlObject } from '@tlgen/codec';
import type { LocalDc, TestUser } from '@tlgen/local-dc';
import { Client, MemoryStorage } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';
import { expect } from 'vitest';
import { nodePlatform } from '../../../packages/runtime/src/platform/node.js';
import type { Person, PersonOptions } from '../people.js';
import { FastClock } from './fast-clock.js';

/** Somebody whose client does not wait long, and of whose timers it is known which are set. */
export interface FastPerson extends Person {
  readonly clock: FastClock;
}

/** Signs somebody in, with a client by a {@link FastClock}; the data center has to go by the same. */
export async function fastPerson(
  dc: LocalDc,
  user: TestUser,
  options: PersonOptions = {},
): Promise<FastPerson> {
  const clock = new FastClock();
  const called: string[] = [];
  const lines: string[] = [];
  const updates: TlObject[] = [];
  const errors: Error[] = [];
  const client = new Client(
    {
      schema,
      storage: new MemoryStorage(),
      logger: { to: (line) => lines.push(line), level: 'verbose' },
      ...dc.clientOptions,
      ...options,
      connection: { timeout: 200_000, ...options.connection },
      middleware: [
        (call, next) => {
          called.push(call.request._);
          return next(call);
        },
      ],
    },
    { platform: { ...nodePlatform, clock } },
  );
  client.on('raw-update', (update) => updates.push(update));
  client.on('error', (error) => errors.push(error));
  await client.signIn({ phone: user.phone ?? '', code: dc.loginCode });
  called.length = 0;
  const close = (): Promise<void> => client.close();
  return {
    client,
    clock,
    id: user.id,
    called,
    lines,
    updates,
    errors,
    [Symbol.asyncDispose]: close,
  };
}

/** Closes a client, which leaves nothing behind: no timer, no error that nobody was told. */
export async function closeCleanly({ client, clock, errors }: FastPerson): Promise<void> {
  await settles('close()', client.close());
  expect(clock.pending).toBe(0);
  expect(errors).toEqual([]);
}

/** As the promise, but fails when it does not settle: whatever goes wrong, nothing hangs. */
export async function settles<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} hangs`)), 60_000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
