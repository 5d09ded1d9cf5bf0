import type { auth, base } from '@tlgen/telegram';
import type { SignInContext } from './context.js';
import { keepToken } from './login-tokens.js';
import type { Progress } from './progress.js';
import type { DoneState, TermsOfService } from './states.js';

/** Who a user object says is signed in. */
export function doneState(user: base.TypeUser): DoneState {
  // Older layers have ids of 32 bits.
  return { step: 'done', id: BigInt(user.id), bot: user._ === 'user' && user.bot, user };
}

/** Goes on with what the server answers to a right code, password or token; stores who is signed in. */
export async function authorized(
  context: Pick<SignInContext, 'signedIn' | 'tokens'>,
  authorization: auth.TypeAuthorization,
  { phone, codeHash }: { readonly phone: string; readonly codeHash: string },
): Promise<Progress> {
  if (authorization._ === 'auth.authorizationSignUpRequired') {
    const terms = authorization.termsOfService;
    const termsOfService = terms ? termsOf(terms) : null;
    return { state: { step: 'sign-up', phone, termsOfService }, codeHash, termsId: terms?.id };
  }
  const state = doneState(authorization.user);
  await context.signedIn(state.id, state.bot);
  await keepToken(context.tokens, authorization.futureAuthToken);
  return { state };
}

/** For sign-ins that have neither phone nor code. */
export const NO_CODE = { phone: '', codeHash: '' } as const;

function termsOf({ text, entities, minAgeConfirm, popup }: TermsSource): TermsOfService {
  return { text, entities, minAge: minAgeConfirm ?? null, popup };
}

type TermsSource = NonNullable<auth.AuthorizationSignUpRequired['termsOfService']>;
