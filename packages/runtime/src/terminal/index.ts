/**
 * Signing in at a terminal. For Node.
 *
 * @packageDocumentation
 */
import { RESEND, type AskingOptions } from '../client/sign-in/index.js';
import { askAccount } from './account.js';
import { codeQuestion, whereTheCodeIs } from './code-words.js';
import { readIdentity } from './identity.js';
import { printable } from './printable.js';
import { makePrompter } from './prompter.js';
import { qrText } from './qr-text.js';
import type { TerminalOptions } from './types.js';

export type { TerminalOptions } from './types.js';

/**
 * Options for `client.signIn` that ask a person for everything: phone number, bot token or QR code; the code, which can
 * be sent again; the password, which is not shown; the name of a new user; an e-mail address if the server demands one.
 * What was wrong is asked again, as often as the setting `maxTries.authorization` says.
 *
 * Questions go to standard error. Where standard input is no terminal, its lines are the answers, one after the other;
 * lines that are not asked for stay in the stream. Ctrl-C, Ctrl-D and the end of the input reject the sign-in with
 * AbortError; while a QR code waits to be scanned nothing is read, and Ctrl-C does what it always does.
 *
 * ```ts
 * await client.signIn(terminal());
 * ```
 */
export function terminal(options: TerminalOptions = {}): AskingOptions {
  const prompter = makePrompter(options);
  const say = (text: string): void => prompter.say(printable(text));

  return {
    async who({ wrong }, _attempt, { signal }) {
      if (wrong) say('Telegram does not accept that.');
      for (;;) {
        const text = 'Phone number or bot token, or q for a QR code: ';
        const who = readIdentity(await prompter.ask({ text, signal }), ({ url }) => {
          say('Scan this in Telegram: Settings, Devices, Link desktop device.');
          prompter.say(qrText(url, prompter.isTerminal));
          say(url);
        });
        if (who) return who;
        say('That is neither a phone number nor a bot token.');
      }
    },

    async code({ wrong }, attempt, { state, signal, error }) {
      if (wrong) say('That code is wrong.');
      else if (error) say('The code cannot be sent another way.');
      if (attempt === 1 || (!wrong && !error)) say(whereTheCodeIs(state.type));
      for (;;) {
        const answer = (await prompter.ask({ text: codeQuestion(state), signal })).trim();
        if (/^r$/i.test(answer) && state.nextType !== null) return RESEND;
        if (answer !== '') return answer;
      }
    },

    async password({ hint, wrong }, _attempt, { signal }) {
      if (wrong) say('That password is wrong.');
      const text = hint ? `Password (hint: ${printable(hint)}): ` : 'Password: ';
      for (;;) {
        const password = await prompter.ask({ text, hidden: true, signal });
        if (password !== '') return password;
      }
    },

    async email({ wrong }, attempt, { signal }) {
      if (wrong) say('Telegram does not accept that address.');
      else if (attempt === 1) say('Telegram asks for an e-mail address to send codes to.');
      for (;;) {
        const email = (await prompter.ask({ text: 'E-mail: ', signal })).trim();
        if (email !== '') return email;
      }
    },

    async emailCode({ wrong }, _attempt, { state, signal }) {
      if (wrong) say('That code is wrong.');
      const to = state.sent ? ` sent to ${printable(state.sent.emailPattern)}` : '';
      for (;;) {
        const code = (await prompter.ask({ text: `Code${to}: `, signal })).trim();
        if (code !== '') return code;
      }
    },

    signUp: ({ wrong }, _attempt, { state, signal }) => {
      if (wrong) say('Telegram does not accept that name.');
      return askAccount(prompter, state, signal);
    },
  };
}
