// @ts-check
// Every way to sign in, against a data center that runs in this process. Needs no account and no network.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { LocalDc } from '@tlgen/local-dc';
import { Client, isRpcError, MemoryStorage, RESEND, SignInError } from '@tlgen/runtime';
import { terminal } from '@tlgen/runtime/terminal';
import { auth } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

const dc = await LocalDc.start();
const ada = await dc.createUser({
  firstName: 'Ada',
  password: 'open sesame',
  passwordHint: 'the cave',
  codeTypes: ['sms', 'call'],
});
const bot = await dc.createUser({ bot: true, username: 'example_bot' });

const newClient = () =>
  new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    logger: { to: 'none' },
  });
const client = newClient();

// docs: bot
const self = await client.signIn({ botToken: bot.token });
console.log(`a bot: ${self.bot}`);
await client.logOut(); // another one may sign in now
// docs: end

// docs: user
await client.signIn({
  phone: ada.phone,
  code(_hint, attempt, { state }) {
    console.log(`the code comes by ${state.type.kind}, or else by ${state.nextType ?? 'nothing'}`);
    return attempt === 1 ? RESEND : dc.loginCode;
  },
  password({ hint, wrong }) {
    console.log(`the password (${hint})${wrong ? ' once more, it was wrong' : ''}`);
    return wrong ? 'open sesame' : 'close sesame';
  },
});
console.log(`signed in: ${client.self?.id === ada.id}`);
// docs: end

// docs: sign-up
const newcomer = newClient();
const { user } = await newcomer.signIn({
  phone: '+999 662 1234',
  code: dc.loginCode,
  signUp: { firstName: 'Grace', lastName: 'Hopper' },
});
console.log(`a new user: ${user._}, ${newcomer.self !== null}`);
// docs: end

// docs: steps
const careful = newClient();
const steps = careful.signInSteps({ onState: ({ step }) => console.log(`→ ${step}`) });
await steps.sendCode(ada.phone);
try {
  await steps.checkPassword('too early');
} catch (error) {
  if (!(error instanceof SignInError) || error.code !== 'WRONG_STEP') throw error;
  console.log(`${error.code} at "${error.step}": try ${error.allowed.join(', ')}`);
}
try {
  await steps.checkCode('00000');
} catch (error) {
  if (!isRpcError(error, auth.SignInRequest)) throw error;
  console.log(error.code);
}
let state = await steps.checkCode(dc.loginCode);
if (state.step === 'password') state = await steps.checkPassword('open sesame');
assert(state.step === 'done');
// docs: end

// docs: qr
const desktop = newClient();
const found = await desktop.signIn({
  async qr({ url }) {
    // Show it, for example with the package `uqr`. Here the client of a phone reads it.
    const token = Buffer.from(new URL(url).searchParams.get('token') ?? '', 'base64url');
    await client.invoke(new auth.AcceptLoginTokenRequest({ token: new Uint8Array(token) }));
  },
  password: 'open sesame',
});
console.log(`by QR: ${found.id === ada.id}`);
// docs: end

// docs: terminal
// `terminal()` alone asks at the terminal. Here, a list of lines stands for the person.
const lines = [ada.phone, dc.loginCode, 'open sesame'].map((line) => `${line}\n`);
const kiosk = newClient();
await kiosk.signIn(terminal({ input: Readable.from(lines), output: process.stdout }));
// docs: end

// docs: log-out
await desktop.logOut();
console.log(`logged out: ${desktop.self === null}`);
// The server remembers this device: no code is needed.
await desktop.signIn({
  phone: ada.phone,
  code: () => assert.fail('no code is needed'),
  password: 'open sesame',
});
console.log(`back again: ${desktop.self?.id === ada.id}`);
// docs: end

assert.equal(dc.refusals.count, 0);
await Promise.all([client, newcomer, careful, desktop, kiosk].map((one) => one.close()));
await dc.close();
