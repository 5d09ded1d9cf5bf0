/**
 * @param {string} file - in `client/sign-in/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/client/sign-in/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `sign-in: ${name}`,
  file: `packages/runtime/src/client/sign-in/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/client/sign-in/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const signIn = [
  mutant(
    'step-machine',
    'any step at any time',
    'if (!allowed.includes(step)) throw wrongStep(step, state, allowed);',
    '',
    'states',
  ),
  mutant(
    'step-machine',
    'two steps at one time',
    'if (this.running !== null) {',
    'if (this.running === step) {',
    'states',
  ),
  mutant(
    'step-machine',
    'stays where the code has expired',
    'this.become(START);\n          throw ended;',
    'throw ended;',
    'states',
  ),
  mutant(
    'step-machine',
    'a QR that nobody waits for stays',
    "if (this.state.step === 'qr') this.become(START);",
    '',
    'states',
    'cancelled',
  ),
  mutant(
    'code',
    'the hash of the code before the resent one',
    'return afterSentCode(context, login.phone, sent, signal);',
    'return { ...(await afterSentCode(context, login.phone, sent, signal)), codeHash: login.codeHash };',
    'answers',
  ),
  mutant(
    'password',
    'a proof made of the srp_id before',
    'const state = await getPassword(context, signal);',
    'var known = known ?? (await getPassword(context, signal));\n    const state = known;',
    'answers',
  ),
  mutant(
    'steps',
    'spaces of a password dropped',
    'return checkPassword(this.context, password, signal);',
    'return checkPassword(this.context, password.trim(), signal);',
    'answers',
  ),
  mutant(
    'qr',
    'a token that ends is not renewed',
    'Math.min(Math.max(left, SHORTEST), LONGEST)',
    'LONGEST',
    'qr-clock',
  ),
  mutant(
    'qr',
    'a token is renewed after its end',
    'context.serverTime() - MARGIN;',
    'context.serverTime() + MARGIN;',
    'qr-clock',
  ),
  mutant(
    'qr',
    'the data center of the user ignored',
    'await context.moveHome(dcId, signal);',
    '',
    'qr-clock',
  ),
  mutant('qr', 'the accepted token is not noticed', 'wake.up();', '', 'qr-clock'),
  mutant(
    'log-out',
    'forgets before the server is told',
    'await tellOthers(context, signal);',
    'await context.forget(); await tellOthers(context, signal);',
    'forgetting',
  ),
  mutant(
    'log-out',
    'an error of the server counts as done',
    'if (!said && !lost) throw error;',
    '',
    'forgetting',
  ),
  mutant('login-tokens', 'tokens without end', '.slice(0, MAX_TOKENS)', '', 'forgetting'),
  mutant(
    'authorized',
    'done before it is stored',
    'await context.signedIn(',
    'void context.signedIn(',
    'answers',
  ),
  mutant(
    'questions',
    'one try too many',
    'count.refused >= this.maxTries()',
    'count.refused > this.maxTries()',
    'answers',
  ),
  mutant(
    'same-user',
    'any bot counts as the one that signs in',
    'return found.bot && String',
    'return found.bot || String',
    'answers',
  ),
];
