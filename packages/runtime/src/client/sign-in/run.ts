import { RESEND, type Ask, type CodeHint } from './ask.js';
import type { SignInContext } from './context.js';
import { SignInError, type SignInErrorCode } from './errors.js';
import type { Identity, PhoneOptions, SignInOptions, UserAnswers } from './options.js';
import { Questions } from './questions.js';
import { signInByShownQr } from './shown-qr.js';
import type {
  CodeState,
  EmailState,
  PasswordState,
  SignedIn,
  SignInState,
  SignUpState,
} from './states.js';
import type { SignInSteps } from './steps.js';

const plain = (wrong: boolean): { readonly wrong: boolean } => ({ wrong });

/** Answers of the server after which a person is asked again. */
const AGAIN = {
  who: ['PHONE_NUMBER_INVALID', 'ACCESS_TOKEN_INVALID', 'ACCESS_TOKEN_EXPIRED'],
  code: [
    'PHONE_CODE_INVALID',
    'PHONE_CODE_EMPTY',
    'CODE_INVALID',
    'EMAIL_TOKEN_INVALID',
    // Of a resend.
    'SEND_CODE_UNAVAILABLE',
  ],
  password: ['PASSWORD_HASH_INVALID', 'SRP_ID_INVALID', 'SRP_PASSWORD_CHANGED'],
  signUp: ['FIRSTNAME_INVALID', 'LASTNAME_INVALID'],
  email: ['EMAIL_INVALID', 'EMAIL_NOT_ALLOWED'],
  emailCode: ['CODE_INVALID', 'EMAIL_TOKEN_INVALID', 'PHONE_CODE_INVALID'],
} as const;

/** One sign-in from the options of a program: each state is answered with what they say. */
export class Run {
  private readonly questions: Questions;

  constructor(
    context: SignInContext,
    private readonly options: SignInOptions,
    private readonly steps: SignInSteps,
    private readonly signal: AbortSignal,
  ) {
    this.questions = new Questions(() => context.maxTries(), signal);
  }

  async toTheEnd(): Promise<SignedIn> {
    for (;;) {
      const { state } = this.steps;
      if (state.step === 'done') return { id: state.id, bot: state.bot, user: state.user };
      await this.answer(state);
    }
  }

  private answer(state: SignInState): Promise<SignInState | null> {
    switch (state.step) {
      case 'code':
        return this.code(state);
      case 'email':
        return state.sent ? this.emailCode(state) : this.email(state);
      case 'password':
        return this.password(state);
      case 'sign-up':
        return this.signUp(state);
      default:
        return this.start();
    }
  }

  private start(): Promise<SignInState | null> {
    const { options, questions } = this;
    const question = {
      name: 'who',
      state: { step: 'start' },
      hint: plain,
      again: AGAIN.who,
    } as const;
    if ('phone' in options) {
      const use = (phone: string): Promise<SignInState> => this.identify({ phone });
      return questions.ask({ ...question, source: options.phone, use });
    }
    if ('who' in options) {
      const use = (who: Identity): Promise<SignInState> => this.identify(who);
      return questions.ask({ ...question, source: options.who, use });
    }
    return this.identify(options);
  }

  private identify(who: Identity): Promise<SignInState> {
    const { steps, signal } = this;
    if ('botToken' in who) return steps.bot(who.botToken, { signal });
    if ('qr' in who) return signInByShownQr(steps, who.qr, signal);
    return steps.sendCode(who.phone, {}, { signal });
  }

  private code(state: CodeState): Promise<SignInState | null> {
    const { steps, signal } = this;
    const { code } = this.options as Partial<PhoneOptions>;
    return this.questions.ask<CodeHint, string | typeof RESEND, CodeState>({
      name: 'code',
      source: given(code, 'BAD_INPUT', 'The server asks for a code: pass { code }'),
      state,
      hint: (wrong) => ({ type: state.typeName, wrong }),
      again: AGAIN.code,
      isGuess: (answer) => answer !== RESEND,
      use: (answer) =>
        answer === RESEND ? steps.resendCode({ signal }) : steps.checkCode(answer, { signal }),
    });
  }

  private email(state: EmailState): Promise<SignInState | null> {
    const text = 'The server demands an e-mail address for signing in: pass { email, emailCode }';
    return this.questions.ask({
      name: 'email',
      source: given(this.answers.email, 'EMAIL_REQUIRED', text),
      state,
      hint: plain,
      again: AGAIN.email,
      use: (email) => this.steps.setEmail(email, { signal: this.signal }),
    });
  }

  private emailCode(state: EmailState): Promise<SignInState | null> {
    const text = 'A code was sent to the e-mail address: pass { emailCode }';
    return this.questions.ask({
      name: 'emailCode',
      source: given(this.answers.emailCode, 'EMAIL_REQUIRED', text),
      state,
      hint: plain,
      again: AGAIN.emailCode,
      use: (code) => this.steps.checkEmailCode(code, { signal: this.signal }),
    });
  }

  private password(state: PasswordState): Promise<SignInState | null> {
    const text = 'The account has a password (two-step verification): pass { password }';
    return this.questions.ask({
      name: 'password',
      source: given(this.answers.password, 'PASSWORD_REQUIRED', text),
      state,
      hint: (wrong) => ({ hint: state.hint ?? undefined, wrong }),
      again: AGAIN.password,
      use: (password) => this.steps.checkPassword(password, { signal: this.signal }),
    });
  }

  private signUp(state: SignUpState): Promise<SignInState | null> {
    const text = 'This phone number has no account yet: pass { signUp: { firstName } } to make one';
    return this.questions.ask({
      name: 'signUp',
      source: given(this.answers.signUp, 'SIGN_UP_REQUIRED', text),
      state,
      hint: plain,
      again: AGAIN.signUp,
      use: (account) => this.steps.signUp(account, { signal: this.signal }),
    });
  }

  private get answers(): UserAnswers {
    return this.options as UserAnswers;
  }
}

function given<Source extends Ask<never, unknown, never>>(
  source: Source | undefined,
  code: SignInErrorCode,
  text: string,
): Source {
  if (source === undefined) throw new SignInError(code, text);
  return source;
}
