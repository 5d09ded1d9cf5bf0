import type { NewAccount, SignUpState } from '../client/sign-in/index.js';
import { printable } from './printable.js';
import type { Prompter } from './types.js';

/** Asks for the name of a new user, and whether the terms of service are accepted. */
export async function askAccount(
  prompter: Prompter,
  { termsOfService }: SignUpState,
  signal: AbortSignal,
): Promise<NewAccount> {
  prompter.say('This phone number has no account yet; a new one is made.');
  let firstName = '';
  while (firstName === '') {
    firstName = (await prompter.ask({ text: 'First name: ', signal })).trim();
  }
  const lastName = await prompter.ask({ text: 'Last name (may be left empty): ', signal });
  if (!termsOfService) return { firstName, lastName: lastName.trim() };
  prompter.say(printable(termsOfService.text));
  const { minAge } = termsOfService;
  const age = minAge === null ? '' : ` and confirm that you are ${minAge} or older`;
  const text = `Do you accept these terms${age}? (y/n): `;
  for (;;) {
    const answer = (await prompter.ask({ text, signal })).trim();
    if (/^(?:y|yes)$/i.test(answer)) {
      return { firstName, lastName: lastName.trim(), acceptTerms: true };
    }
    if (/^(?:n|no)$/i.test(answer)) return { firstName, lastName: lastName.trim() };
  }
}
