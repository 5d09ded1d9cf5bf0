import type { CallOptions } from '@tlgen/codec';
import {
  cancelCode,
  checkCode,
  resendCode,
  resetLoginEmail,
  sendCode,
  type CodeSettings,
} from './code.js';
import type { SignInContext } from './context.js';
import { checkEmailCode, setEmail } from './email.js';
import { mustBeText } from './errors.js';
import { checkPassword, recoverPassword, requestPasswordRecovery } from './password.js';
import { START } from './progress.js';
import { signInByQr } from './qr.js';
import { acceptTerms, checkAccount, signUp, type NewAccount } from './sign-up.js';
import { checkSelf, mustBeFree, signInBot } from './start.js';
import { loginOf, StepMachine } from './step-machine.js';
import type { QrCode, SignInState, SignInStep } from './states.js';

/** What {@link SignInSteps} are made with. */
export interface SignInStepsOptions {
  /** Called with each new state. What it throws rejects the step that led there. */
  readonly onState?: ((state: SignInState) => void) | undefined;
}

/**
 * A sign-in, one step at a time: each method carries out one, and resolves with where the sign-in stands then. The
 * state says what may be done next; another step is `WRONG_STEP`, a step while one is under way `BUSY`. A step that
 * fails leaves the state as it was, unless its error says that the sign-in has to begin anew.
 *
 * ```ts
 * const steps = client.signInSteps();
 * let state = await steps.sendCode('+99966…');
 * if (state.step === 'code') state = await steps.checkCode(await ask(`Code (${state.type.kind})`));
 * if (state.step === 'password') state = await steps.checkPassword(await ask(state.hint));
 * ```
 *
 * Besides what is named at each, steps reject with what `invoke` rejects with (RpcError, CallLostError,
 * AbortError, TimeoutError, ClosedError …), and with StorageError when who signed in could not be stored.
 *
 * @see https://core.telegram.org/api/auth
 */
export class SignInSteps {
  private readonly machine: StepMachine;

  constructor(
    private readonly context: SignInContext,
    { onState }: SignInStepsOptions = {},
  ) {
    this.machine = new StepMachine(context, onState);
  }

  /** Where the sign-in stands. */
  get state(): SignInState {
    return this.machine.state;
  }

  /** What may be done now; nothing while a step is under way. */
  get allowed(): readonly SignInStep[] {
    return this.machine.allowed;
  }

  /**
   * Asks the server whether somebody is signed in already: `done` if so, else the state stays `start`. That the server
   * cannot be reached is an error, not an answer.
   */
  check(options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('check', options, (_, signal) => checkSelf(this.context, signal));
  }

  /**
   * Signs in a bot by the token that @BotFather gave.
   *
   * @throws SignInError `ALREADY_SIGNED_IN`; RpcError `ACCESS_TOKEN_INVALID`, `ACCESS_TOKEN_EXPIRED`.
   */
  bot(token: string, options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('bot', options, (_, signal) => {
      mustBeText(token, 'The token of a bot');
      mustBeFree(this.context);
      return signInBot(this.context, token, signal);
    });
  }

  /**
   * Has a code sent to the user. A user who logged out here not long ago may be let in without one.
   *
   * @param phone - international format.
   * @param settings - what this device can do with codes; default: take those that are typed.
   * @throws SignInError `ALREADY_SIGNED_IN`, `PAYMENT_REQUIRED`, `UNSUPPORTED`; RpcError `PHONE_NUMBER_INVALID`,
   * `PHONE_NUMBER_BANNED`, `PHONE_NUMBER_FLOOD` …
   */
  sendCode(
    phone: string,
    settings: CodeSettings = {},
    options: CallOptions = {},
  ): Promise<SignInState> {
    return this.machine.run('sendCode', options, (_, signal) => {
      mustBeText(phone, 'The phone number');
      mustBeFree(this.context);
      return sendCode(this.context, phone.trim(), settings, signal);
    });
  }

  /**
   * Has the code sent once more, the way `state.nextType` says.
   *
   * @throws RpcError `SEND_CODE_UNAVAILABLE` when there is no other way, `FLOOD_WAIT` before `state.resendAt`;
   * SignInError `CODE_EXPIRED`.
   */
  resendCode(options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('resendCode', options, (before, signal) =>
      resendCode(this.context, loginOf(before), signal),
    );
  }

  /** Tells the server that the code is not wanted any more, and goes back to the start. */
  cancelCode(options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('cancelCode', options, (before, signal) =>
      cancelCode(this.context, loginOf(before), signal),
    );
  }

  /**
   * Enters the code.
   *
   * @throws RpcError `PHONE_CODE_INVALID`: it is wrong, another may be tried; SignInError `CODE_EXPIRED`: the sign-in
   * is back at the start.
   */
  checkCode(code: string, options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('checkCode', options, (before, signal) => {
      mustBeText(code, 'The code');
      const { state } = before;
      if (state.step !== 'code') return Promise.resolve(before);
      return checkCode(this.context, state, loginOf(before), code, signal);
    });
  }

  /**
   * Has the code sent by phone, for a user who has lost the e-mail address that codes are sent to. The server may make
   * one wait some days.
   *
   * @throws RpcError `TASK_ALREADY_EXISTS` while that wait goes on.
   */
  resetLoginEmail(options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('resetLoginEmail', options, (before, signal) =>
      resetLoginEmail(this.context, loginOf(before), signal),
    );
  }

  /**
   * Has a code sent to the e-mail address that is to be set up.
   *
   * @throws RpcError `EMAIL_INVALID`, `EMAIL_NOT_ALLOWED`.
   */
  setEmail(email: string, options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('setEmail', options, (before, signal) => {
      mustBeText(email, 'The e-mail address');
      return setEmail(this.context, loginOf(before), email, signal);
    });
  }

  /**
   * Enters the code that {@link setEmail} had sent. The code for signing in is then sent: the state is `code`.
   *
   * @throws RpcError `CODE_INVALID`, `EMAIL_VERIFY_EXPIRED`.
   */
  checkEmailCode(code: string, options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('checkEmailCode', options, (before, signal) => {
      mustBeText(code, 'The code');
      return checkEmailCode(this.context, loginOf(before), code, signal);
    });
  }

  /**
   * Enters the password of two-step verification. It is not sent: the server is proven that it is known.
   *
   * @throws RpcError `PASSWORD_HASH_INVALID`: it is wrong, another may be tried; CryptoError `bad-srp`.
   */
  checkPassword(password: string, options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('checkPassword', options, (_, signal) => {
      mustBeText(password, 'The password');
      return checkPassword(this.context, password, signal);
    });
  }

  /**
   * Has a code sent to the recovery e-mail address of the account.
   *
   * @throws RpcError `PASSWORD_RECOVERY_NA` when the account has none.
   */
  requestPasswordRecovery(options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('requestPasswordRecovery', options, async (before, signal) => {
      const { state } = before;
      if (state.step !== 'password') return before;
      return requestPasswordRecovery(this.context, state, signal);
    });
  }

  /**
   * Signs in with the code that {@link requestPasswordRecovery} had sent. It takes the password off the account.
   *
   * @throws RpcError `CODE_INVALID`, `PASSWORD_RECOVERY_EXPIRED`.
   */
  recoverPassword(code: string, options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('recoverPassword', options, (_, signal) => {
      mustBeText(code, 'The code');
      return recoverPassword(this.context, code, signal);
    });
  }

  /**
   * Makes an account for the number, and accepts the terms of service in its name. When that last fails, the step
   * rejects although the user is signed in: the state is `done`.
   *
   * @throws SignInError `TERMS_NOT_ACCEPTED`; RpcError `FIRSTNAME_INVALID`, `LASTNAME_INVALID`.
   */
  signUp(account: NewAccount, options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('signUp', options, async (before, signal) => {
      if (before.state.step !== 'sign-up') return before;
      checkAccount(before.state, account);
      const after = await signUp(this.context, loginOf(before), account, signal);
      if (after.state.step === 'done' && before.termsId !== undefined) {
        this.machine.become(after);
        await acceptTerms(this.context, before.termsId, signal);
      }
      return after;
    });
  }

  /**
   * Signs in by a QR code that an app of the user scans. The state is `qr` meanwhile, anew for each token; this
   * resolves when one is accepted. `signal` ends the wait, and the state is `start` again.
   *
   * @param show - called with each token; what it throws rejects the step.
   * @throws SignInError `ALREADY_SIGNED_IN`.
   * @see https://core.telegram.org/api/qr-login
   */
  qr(show?: (qr: QrCode) => void, options: CallOptions = {}): Promise<SignInState> {
    return this.machine.run('qr', options, (_, signal) => {
      mustBeFree(this.context);
      const shown = (qr: QrCode): void => {
        this.machine.become({ state: { step: 'qr', ...qr } });
        show?.(qr);
      };
      return signInByQr(this.context, shown, signal);
    });
  }

  /** Forgets how far the sign-in has come. The server is told nothing; {@link cancelCode} does that. */
  restart(): Promise<SignInState> {
    return this.machine.run('restart', {}, () => Promise.resolve(START));
  }
}
