import type { ApiSchema, TlMethod, TlObject } from '@tlgen/codec';
import type { account, auth, base } from '@tlgen/telegram';
import { isRpcError } from '../core/errors.js';
import type { InvokeOptions } from '../core/types.js';
import type { CryptoProvider } from '../crypto/provider/types.js';
import { checkPassword } from '../crypto/srp.js';
import { construct, constructObject } from '../network/construct.js';

/** A value, or what asks a person for it; `attempt` counts from 1. */
export type Ask<Hint> = string | ((hint: Hint, attempt: number) => string | Promise<string>);

/** Where the code went. */
export interface CodeHint {
  /** TL name of how it was sent: `auth.sentCodeTypeApp`. */
  readonly type: string;
  /** Whether the last one was wrong. */
  readonly wrong: boolean;
}

export interface PasswordHint {
  /** The hint that the user wrote for the password. */
  readonly hint: string | undefined;
  readonly wrong: boolean;
}

/** Who signs in: a bot by its token, or a user by phone number, code, and password if there is one. */
export type SignInOptions = { readonly signal?: AbortSignal | undefined } & (
  | { readonly botToken: string }
  | {
      /** International format. */
      readonly phone: string;
      readonly code: Ask<CodeHint>;
      /** The password of two-step verification. */
      readonly password?: Ask<PasswordHint> | undefined;
    }
);

/** Who is signed in. */
export interface SignedIn {
  readonly id: bigint;
  readonly bot: boolean;
  /** `user` of the schema. */
  readonly user: TlObject;
}

export type SignInErrorCode =
  /** The number has no account: sign-up is needed. */
  | 'SIGN_UP_REQUIRED'
  /** The account has a password and none was given. */
  | 'PASSWORD_REQUIRED'
  /** The server demands something that this library does not know. */
  | 'UNSUPPORTED';

/** Sign-in cannot go on with what was given. */
export class SignInError extends Error {
  override readonly name = 'SignInError';

  constructor(
    readonly code: SignInErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** What signing in needs of the client. */
export interface SignInContext {
  readonly schema: ApiSchema;
  readonly crypto: CryptoProvider;
  readonly apiId: number;
  readonly apiHash: string;
  maxTries(): number;
  /** Waits for what a person answers, for as long as the sign-in goes on. */
  answered(answer: Promise<string>): Promise<string>;
  invoke<Result>(request: TlMethod<Result>, options?: InvokeOptions): Promise<Result>;
}

/**
 * Runs the sign-in of a bot or a user. Changes of the data center are made on the way.
 *
 * @throws RpcError (`PHONE_CODE_INVALID`, `PASSWORD_HASH_INVALID`, `ACCESS_TOKEN_INVALID` …) or SignInError.
 * @see https://core.telegram.org/api/auth
 */
export async function signIn(context: SignInContext, options: SignInOptions): Promise<SignedIn> {
  const authorization =
    'botToken' in options
      ? await signInBot(context, options.botToken, options)
      : await signInUser(context, options);
  if (authorization._ !== 'auth.authorization') {
    throw new SignInError('SIGN_UP_REQUIRED', 'This phone number has no account yet');
  }
  const { user } = authorization;
  // Older layers have ids of 32 bits.
  return { id: BigInt(user.id), bot: user._ === 'user' && user.bot, user };
}

function signInBot(
  { schema, apiId, apiHash, invoke }: SignInContext,
  botAuthToken: string,
  { signal }: InvokeOptions,
): Promise<auth.TypeAuthorization> {
  const fields = { flags: 0, apiId, apiHash, botAuthToken };
  return invoke(
    construct<auth.ImportBotAuthorizationRequest>(schema, 'auth.importBotAuthorization', fields),
    { signal },
  );
}

type UserOptions = Extract<SignInOptions, { readonly phone: string }>;

async function signInUser(
  context: SignInContext,
  options: UserOptions,
): Promise<auth.TypeAuthorization> {
  const { schema, apiId, apiHash, invoke } = context;
  const { phone, signal } = options;
  const settings = constructObject<base.CodeSettings>(schema, 'codeSettings', {});
  const sent = await invoke(
    construct<auth.SendCodeRequest>(schema, 'auth.sendCode', {
      phoneNumber: phone,
      apiId,
      apiHash,
      settings,
    }),
    { signal },
  );
  if (sent._ === 'auth.sentCodeSuccess') return sent.authorization;
  if (sent._ !== 'auth.sentCode') {
    throw new SignInError('UNSUPPORTED', `The server answered auth.sendCode with ${sent._}`);
  }
  try {
    return await enterCode(context, options, sent);
  } catch (error) {
    if (!isRpcError(error) || error.code !== 'SESSION_PASSWORD_NEEDED') throw error;
    return enterPassword(context, options);
  }
}

function enterCode(
  context: SignInContext,
  { phone, code, signal }: UserOptions,
  sent: auth.SentCode,
): Promise<auth.TypeAuthorization> {
  return asking(context, code, ['PHONE_CODE_INVALID', 'PHONE_CODE_EMPTY'], async (ask) => {
    const phoneCode = await ask((wrong) => ({ type: sent.type._, wrong }));
    const { phoneCodeHash } = sent;
    return context.invoke(
      construct<auth.SignInRequest>(context.schema, 'auth.signIn', {
        phoneNumber: phone,
        phoneCodeHash,
        phoneCode,
      }),
      { signal },
    );
  });
}

function enterPassword(
  context: SignInContext,
  { password, signal }: UserOptions,
): Promise<auth.TypeAuthorization> {
  const { schema, crypto, invoke } = context;
  if (password === undefined) {
    throw new SignInError(
      'PASSWORD_REQUIRED',
      'The account has a password (two-step verification): pass { password }',
    );
  }
  const again = ['PASSWORD_HASH_INVALID', 'SRP_ID_INVALID', 'SRP_PASSWORD_CHANGED'];
  return asking(context, password, again, async (ask) => {
    // New for each attempt: the server's half of the proof is good for one.
    const state = await invoke(
      construct<account.GetPasswordRequest>(schema, 'account.getPassword', {}),
      { signal },
    );
    const proof = await ask((wrong) => ({ hint: state.hint, wrong }));
    return invoke(
      construct<auth.CheckPasswordRequest>(schema, 'auth.checkPassword', {
        password: await prove(schema, crypto, state, proof),
      }),
      { signal },
    );
  });
}

async function prove(
  schema: ApiSchema,
  crypto: CryptoProvider,
  state: account.Password,
  password: string,
): Promise<base.InputCheckPasswordSRP> {
  const { currentAlgo, srpB, srpId } = state;
  if (!currentAlgo || !('salt1' in currentAlgo) || !srpB || srpId === undefined) {
    const name = currentAlgo?._ ?? 'no algorithm';
    throw new SignInError('UNSUPPORTED', `The account's password cannot be checked: ${name}`);
  }
  const { A, M1 } = await checkPassword(crypto, password, currentAlgo, srpB, srpId);
  const fields = { srpId, a: A, m1: M1 };
  return constructObject<base.InputCheckPasswordSRP>(schema, 'inputCheckPasswordSRP', fields);
}

/** Tries with what was given; where a person is asked, asks again after a wrong answer. */
async function asking<Hint, Result>(
  { maxTries, answered }: SignInContext,
  source: Ask<Hint>,
  again: readonly string[],
  attemptOnce: (ask: (hint: (wrong: boolean) => Hint) => Promise<string>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(async (hint) =>
        typeof source === 'string'
          ? source
          : answered(Promise.resolve(source(hint(attempt > 1), attempt))),
      );
    } catch (error) {
      const wrong = isRpcError(error) && again.includes(error.code);
      // The same word is tried again only when it was not the word that was refused.
      const other = typeof source !== 'string' || (wrong && error.code.startsWith('SRP_'));
      if (!wrong || !other || attempt >= maxTries()) throw error;
    }
  }
}
