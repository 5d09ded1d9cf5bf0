// Results, errors and narrowing: what a request alone tells the type checker.
import type { ErrorsOf, Invoker, ResultOf, TlObject } from '@tlgen/codec';
import { base, messages, users } from '@tlgen/telegram';

declare const client: Invoker;

/** Fails to compile unless both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | undefined => undefined;

yes<Same<ResultOf<messages.SendEncryptedRequest>, messages.TypeSentEncryptedMessage>>();
yes<Same<ResultOf<users.GetUsersRequest>, base.TypeUser[]>>();
yes<Same<ResultOf<messages.ReadEncryptedHistoryRequest>, boolean>>();
yes<Same<ResultOf<base.InvokeWithLayerRequest<string[]>>, string[]>>();
yes<Same<messages.SentEncryptedMessage['_'], 'messages.sentEncryptedMessage'>>();

/** Errors are literal names, not just strings. */
type Errors = ErrorsOf<messages.SendEncryptedRequest>;
yes<Same<string extends Errors ? false : true, true>>();
export const known: Errors = 'CHAT_ID_INVALID';
// @ts-expect-error not an error of this method
export const unknown: Errors = 'NO_SUCH_ERROR';

export async function results(): Promise<void> {
  const ids = [new base.InputUserSelf()];
  const list = await client.invoke(new users.GetUsersRequest({ id: ids }));
  yes<Same<typeof list, base.TypeUser[]>>();
  // @ts-expect-error the result is a vector
  const one: base.TypeUser = await client.invoke(new users.GetUsersRequest({ id: ids }));
  const query = new users.GetUsersRequest({ id: ids });
  const layered = await client.invoke(new base.InvokeWithLayerRequest({ layer: 229, query }));
  yes<Same<typeof layered, base.TypeUser[]>>();
  // @ts-expect-error only methods can be invoked
  await client.invoke(new base.InputUserSelf());
  // @ts-expect-error the timeout is a number
  await client.invoke(query, { timeout: 'soon' });
  void one;
}

export function narrowing(user: base.TypeUser, any: TlObject): string | undefined {
  // @ts-expect-error not every user has a name
  void user.firstName;
  if (user._ === 'user') {
    yes<Same<typeof user, base.User>>();
    return user.firstName;
  }
  yes<Same<typeof user, base.UserEmpty>>();
  if (any instanceof base.Message) yes<Same<typeof any, base.Message>>();
  // @ts-expect-error no constructor of this type has this name
  if (user._ === 'chat') return undefined;
  switch (user._) {
    case 'userEmpty':
      return undefined;
    default:
      yes<Same<typeof user, never>>();
      return undefined;
  }
}
