import { SignInError } from './errors.js';
import type { SignInOptions } from './options.js';

/** @throws SignInError `BAD_INPUT` when the options cannot lead to a sign-in, whatever the server says. */
export function checkOptions(options: SignInOptions): void {
  const given = options as unknown;
  if (typeof given !== 'object' || given === null) fail('signIn() needs options');
  const ways = ['botToken', 'phone', 'qr', 'who'].filter((name) => name in given);
  const [way, another] = ways;
  if (way === undefined) fail('signIn() needs one of botToken, phone, qr and who');
  if (another !== undefined) fail(`signIn() cannot do with ${way} and ${another} at once`);
  const { [way]: value, code } = given as Readonly<Record<string, unknown>>;
  if (value === undefined || value === null) fail(`signIn() was given ${way}: ${String(value)}`);
  if (way === 'botToken' && typeof value !== 'string') fail('botToken has to be a string');
  if (way === 'qr' && typeof value !== 'function')
    fail('qr has to be a function that shows a code');
  if ((way === 'phone' || way === 'who') && (code === undefined || code === null))
    fail(`signIn() needs the code as well: { ${way}, code }`);
}

function fail(text: string): never {
  throw new SignInError('BAD_INPUT', text);
}
