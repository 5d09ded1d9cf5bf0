import { isRpcError, type RpcError } from '../../core/errors.js';
import { orAbort } from '../../core/sleep.js';
import type { Ask, Asked } from './ask.js';
import { SignInError } from './errors.js';
import type { SignInState } from './states.js';

/** One thing that has to be known to go on. */
export interface Question<Hint, Answer, State> {
  /** Counts by itself. */
  readonly name: string;
  readonly source: Ask<Hint, Answer, State>;
  readonly state: State;
  hint(wrong: boolean): Hint;
  /** Errors after which a person is asked again. */
  readonly again: readonly string[];
  /** Whether such an error means that the answer was wrong. Default: yes. */
  isGuess?(answer: Answer): boolean;
  use(answer: Answer): Promise<SignInState>;
}

interface Count {
  asked: number;
  refused: number;
  error: RpcError | null;
  wrong: boolean;
}

/** However well each answer is taken: servers that ask the same thing in a circle are at fault, and this ends it. */
const MAX_ASKED = 100;

/** Asks, and asks again where an answer was not accepted: a person, not a value, and not for ever. */
export class Questions {
  private readonly counts = new Map<string, Count>();

  constructor(
    private readonly maxTries: () => number,
    private readonly signal: AbortSignal,
  ) {}

  /** @returns the state that the answer led to; null: the question has to be asked again. */
  async ask<Hint, Answer, State>(
    question: Question<Hint, Answer, State>,
  ): Promise<SignInState | null> {
    const { source, again } = question;
    const count = this.count(question.name);
    const answer = await this.answer(question, count);
    try {
      const state = await question.use(answer);
      count.error = null;
      count.wrong = false;
      return state;
    } catch (error) {
      if (!isRpcError(error) || !again.includes(error.code)) throw error;
      count.refused++;
      if (typeof source !== 'function' || count.refused >= this.maxTries()) throw error;
      count.error = error;
      count.wrong = question.isGuess?.(answer) ?? true;
      return null;
    }
  }

  private async answer<Hint, Answer, State>(
    { source, state, hint }: Question<Hint, Answer, State>,
    count: Count,
  ): Promise<Answer> {
    if (++count.asked > MAX_ASKED) {
      const text = 'The server asks for the same thing again and again: sign in elsewhere';
      throw new SignInError('UNSUPPORTED', text);
    }
    if (typeof source !== 'function') return source;
    const { signal } = this;
    const asked = { state, signal, error: count.error };
    const ask = source as (hint: Hint, attempt: number, asked: Asked<State>) => Answer;
    return orAbort(Promise.resolve(ask(hint(count.wrong), count.asked, asked)), signal);
  }

  private count(name: string): Count {
    let count = this.counts.get(name);
    if (!count) {
      count = { asked: 0, refused: 0, error: null, wrong: false };
      this.counts.set(name, count);
    }
    return count;
  }
}
