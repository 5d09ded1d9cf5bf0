// The steps of a sign-in, narrowed by where it stands.
import type { Client, SignedIn, SignInState } from '@tlgen/runtime';

/** Fails to compile unless both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | undefined => undefined;

declare const client: Client;

export function stateOf(state: SignInState): string {
  // @ts-expect-error only codes are sent in some way
  void state.type;
  switch (state.step) {
    case 'start':
      return '';
    case 'code':
      yes<Same<typeof state.resendAt, number | null>>();
      // @ts-expect-error only some codes have a length
      void state.type.length;
      return state.type.kind;
    case 'password':
      yes<Same<typeof state.hint, string | null>>();
      yes<Same<typeof state.hasRecovery, boolean>>();
      return '';
    case 'email':
      return state.sent?.emailPattern ?? '';
    case 'sign-up':
      return state.termsOfService?.text ?? '';
    case 'qr':
      yes<Same<typeof state.expires, number>>();
      return state.url;
    case 'done':
      yes<Same<typeof state.id, bigint>>();
      yes<Same<typeof state.bot, boolean>>();
      return '';
    default:
      yes<Same<typeof state, never>>();
      return state;
  }
}

export async function steps(): Promise<void> {
  const one = client.signInSteps({ onState: (state) => stateOf(state) });
  yes<Same<typeof one.state, SignInState>>();
  const state = await one.sendCode('+1');
  yes<Same<typeof state, SignInState>>();
  if (state.step === 'code') await one.checkCode('1');
  // @ts-expect-error codes are texts: they may begin with 0
  await one.checkCode(1);
  // @ts-expect-error there is no such step
  if (state.step === 'signup') await one.restart();
}

export async function atOnce(): Promise<void> {
  const bot = await client.signIn({ botToken: '1:a' });
  yes<Same<typeof bot, SignedIn>>();
  await client.signIn({ phone: '+1', code: () => '1', password: async () => 'p' });
  // @ts-expect-error a token is a text
  await client.signIn({ botToken: 1 });
  // @ts-expect-error nobody at all
  await client.signIn({});
}

export function self(): bigint | undefined {
  // @ts-expect-error nobody may be signed in
  void client.self.id;
  return client.self?.id;
}
