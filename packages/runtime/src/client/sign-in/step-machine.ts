import type { CallOptions } from '@tlgen/codec';
import { RpcError } from '../../core/errors.js';
import type { PhoneLogin } from './code.js';
import type { SignInContext } from './context.js';
import { SignInError, wrongStep } from './errors.js';
import { passwordNeeded, UNKNOWN_PASSWORD } from './password.js';
import { START, type Progress } from './progress.js';
import { allowedSteps, type SignInState, type SignInStep } from './states.js';

/** Errors after which the sign-in is back at the start. */
const EXPIRED = new Set(['PHONE_CODE_EXPIRED', 'PHONE_CODE_HASH_EMPTY', 'PHONE_HASH_EXPIRED']);
const RESTART = new Set(['AUTH_RESTART', 'SIGN_IN_FAILED']);

/** One step after the other, each where it may be done. */
export class StepMachine {
  private progress: Progress = START;
  private running: SignInStep | null = null;

  constructor(
    private readonly context: SignInContext,
    private readonly onState: ((state: SignInState) => void) | undefined,
  ) {}

  get state(): SignInState {
    return this.progress.state;
  }

  get allowed(): readonly SignInStep[] {
    return this.running === null ? allowedSteps(this.state) : [];
  }

  /**
   * Carries out a step.
   *
   * @throws SignInError `WRONG_STEP`, `BUSY`, `CODE_EXPIRED`, `RESTART`, and what the work throws.
   */
  async run(
    step: SignInStep,
    options: CallOptions,
    work: (before: Progress, signal: AbortSignal) => Promise<Progress>,
  ): Promise<SignInState> {
    this.mustAllow(step);
    this.running = step;
    let after: Progress;
    try {
      after = await this.context.cancellable(options, `signing in, ${step}()`, (signal) =>
        this.carryOut(signal, work),
      );
    } finally {
      this.running = null;
    }
    this.become(after);
    return after.state;
  }

  /** Goes on to a state, and tells. */
  become(progress: Progress): void {
    const changed = progress.state !== this.state;
    this.progress = progress;
    if (changed) this.onState?.(progress.state);
  }

  private mustAllow(step: SignInStep): void {
    const { state } = this;
    if (this.running !== null) {
      const text = `${step}() has to wait: ${this.running}() is still under way`;
      throw new SignInError('BUSY', text, { step: state.step });
    }
    const allowed = allowedSteps(state);
    if (!allowed.includes(step)) throw wrongStep(step, state, allowed);
  }

  private async carryOut(
    signal: AbortSignal,
    work: (before: Progress, signal: AbortSignal) => Promise<Progress>,
  ): Promise<Progress> {
    const before = this.progress;
    try {
      return await work(before, signal);
    } catch (error) {
      if (error instanceof RpcError) {
        if (error.code === 'SESSION_PASSWORD_NEEDED') return this.password(signal);
        const ended = endedBy(error, before.state);
        if (ended) {
          this.become(START);
          throw ended;
        }
      }
      // What ended the whole, not the call that noticed.
      const reason: unknown = signal.aborted ? signal.reason : error;
      // A token that is not waited for any more is of no use.
      if (this.state.step === 'qr') this.become(START);
      throw reason;
    }
  }

  private async password(signal: AbortSignal): Promise<Progress> {
    try {
      return await passwordNeeded(this.context, signal);
    } catch (error) {
      // The code has done its work: what comes next is the password, whether its hint is known or not.
      this.become(UNKNOWN_PASSWORD);
      throw error;
    }
  }
}

/** @returns the error to throw when the sign-in cannot go on from where it stands. */
function endedBy(error: RpcError, { step }: SignInState): SignInError | null {
  if (EXPIRED.has(error.code)) {
    const text = 'The code has expired: have a new one sent, with sendCode()';
    return new SignInError('CODE_EXPIRED', text, { cause: error });
  }
  // The server forgets one who does not enter the password in time.
  const forgotten = step === 'password' && error.code === 'AUTH_KEY_UNREGISTERED';
  if (!forgotten && !RESTART.has(error.code)) return null;
  const text = `The server does not go on with this sign-in (${error.code}): begin anew`;
  return new SignInError('RESTART', text, { cause: error });
}

/** The phone and code of a sign-in that is under way. */
export function loginOf({ state, codeHash = '' }: Progress): PhoneLogin {
  return { phone: 'phone' in state ? state.phone : '', codeHash };
}
