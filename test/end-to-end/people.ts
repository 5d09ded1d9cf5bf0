import type { TlMethod, TlObject } from '@tlgen/codec';
import type { LocalDc, TestUser } from '@tlgen/local-dc';
import { Client, MemoryStorage, type ClientOptions, type PartialSettings } from '@tlgen/runtime';
import type { base } from '@tlgen/telegram';
import type { SchemaApi } from '@tlgen/telegram/api';
import { schema } from '@tlgen/telegram/schema';
import { expect } from 'vitest';

/** A client of the embedded data center with somebody signed in, and what can be seen of it from outside. */
export interface Person extends AsyncDisposable {
  readonly client: Client<SchemaApi>;
  readonly id: bigint;
  /** TL names of what the client called since the list was last emptied. */
  readonly called: string[];
  /** Lines of its log. */
  readonly lines: string[];
  /** What the server pushed. */
  readonly updates: TlObject[];
  readonly errors: Error[];
}

/** What a client of these tests may be given beside what leads it to the data center. */
export type PersonOptions = PartialSettings &
  Partial<Pick<ClientOptions, 'storage' | 'middleware'>>;

/** A client of the data center that is not signed in. */
export function clientOf(dc: LocalDc, options: PersonOptions = {}): Client<SchemaApi> {
  return new Client({
    schema,
    storage: new MemoryStorage(),
    logger: { to: 'none' },
    ...dc.clientOptions,
    ...options,
    // A busy machine is no broken line.
    connection: { timeout: 20_000, ...options.connection },
  });
}

/** Signs somebody in, by code or by token. */
export async function person(
  dc: LocalDc,
  user: TestUser,
  options: PersonOptions = {},
): Promise<Person> {
  const called: string[] = [];
  const lines: string[] = [];
  const updates: TlObject[] = [];
  const errors: Error[] = [];
  const client = clientOf(dc, {
    logger: { to: (line) => lines.push(line), level: 'ultra-verbose' },
    ...options,
    middleware: [
      (call, next) => {
        called.push(call.request._);
        return next(call);
      },
      ...(options.middleware ?? []),
    ],
  });
  client.on('raw-update', (update) => updates.push(update));
  client.on('error', (error) => errors.push(error));
  const { phone, token } = user;
  if (token !== null) await client.signIn({ botToken: token });
  else await client.signIn({ phone: phone ?? '', code: dc.loginCode });
  called.length = 0;
  const close = (): Promise<void> => client.close();
  return { client, id: user.id, called, lines, updates, errors, [Symbol.asyncDispose]: close };
}

/** Messages and updates of one kind that were pushed, out of whatever they came in. */
export function pushed<Name extends base.TypeUpdate['_']>(
  { updates }: Person,
  name: Name,
): Extract<base.TypeUpdate, { readonly _: Name }>[] {
  const one = (update: TlObject): TlObject[] => {
    const inner = update as { readonly update?: TlObject; readonly updates?: readonly TlObject[] };
    return inner.updates ? [...inner.updates] : [inner.update ?? update];
  };
  return updates.flatMap(one).filter((update) => update._ === name) as never[];
}

/** Waits for what comes by itself. */
export async function until<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (let tries = 0; tries < 2000; tries++) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it did not come');
}

/** Requests of one method as they reach the server, which answers them as ever. */
export function received<M extends TlMethod>(
  dc: LocalDc,
  method: Parameters<typeof dc.handle<M>>[0],
): M[] {
  const requests: M[] = [];
  dc.handle<M>(method, (request, context) => {
    requests.push(request);
    return context.next();
  });
  return requests;
}

/** Nothing a client did was refused by the protocol, and nothing it called was missing. */
export function expectClean(dc: LocalDc): void {
  expect(dc.refusals.list).toEqual([]);
  expect([...dc.unhandled]).toEqual([]);
}
