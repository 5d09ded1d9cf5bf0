import type { ApiSchema, CallOptions, TlMethod } from '@tlgen/codec';
import type { base, users } from '@tlgen/telegram';
import { construct, constructObject } from '../network/construct.js';
import { SignInError } from './sign-in/errors.js';

/** What asking takes. */
export interface AskSelfContext {
  readonly schema: ApiSchema;
  invoke<Result>(request: TlMethod<Result>, options?: CallOptions): Promise<Result>;
}

/**
 * Asks the server who is signed in.
 *
 * @throws SignInError `UNSUPPORTED` when it answers with nobody; what the call throws.
 */
export async function askSelf(
  { schema, invoke }: AskSelfContext,
  options: CallOptions = {},
): Promise<base.User> {
  const request = construct<users.GetUsersRequest>(schema, 'users.getUsers', {
    id: [constructObject<base.InputUserSelf>(schema, 'inputUserSelf', {})],
  });
  const [user] = await invoke(request, options);
  if (user?._ === 'user') return user;
  throw new SignInError('UNSUPPORTED', 'The server does not tell who is signed in');
}
