import { schema } from '@tlgen/telegram/schema';
import { LocalDc, type LocalDcOptions } from '@tlgen/local-dc';
import { afterEach, expect } from 'vitest';
import {
  logOut,
  signIn,
  SignInSteps,
  type LogOutContext,
  type SignedIn,
  type SignInContext,
  type SignInOptions,
  type SignInState,
} from '../../../../../packages/runtime/src/client/sign-in/index.js';
import type { CallOptions } from '@tlgen/codec';
import {
  Client,
  MemoryStorage,
  type PartialSettings,
} from '../../../../../packages/runtime/src/index.js';

const running: { close(): Promise<void> }[] = [];
const servers: LocalDc[] = [];
afterEach(async () => {
  // The server is strict: a client that breaks a rule is in its log.
  for (const dc of servers.splice(0)) expect(dc.refusals.list).toEqual([]);
  for (const one of running.splice(0).toReversed()) await one.close();
});

/** A data center that ends with the test. */
export async function start(options: LocalDcOptions = {}): Promise<LocalDc> {
  const dc = await LocalDc.start(options);
  running.push(dc);
  servers.push(dc);
  return dc;
}

/** A client, and what of signing in it is tested. */
export interface Device {
  readonly client: Client;
  readonly context: SignInContext & LogOutContext;
  readonly states: SignInState['step'][];
  readonly lines: string[];
  /** How often what is the user's was forgotten. */
  forgotten: number;
  steps(): SignInSteps;
  signIn(options: SignInOptions): Promise<SignedIn>;
  logOut(options?: CallOptions): Promise<void>;
}

/** A client of that data center; closed with the test. */
export function device(
  dc: LocalDc,
  settings: PartialSettings = {},
  storage = new MemoryStorage(),
): Device {
  const lines: string[] = [];
  const client = new Client({
    schema,
    storage,
    ...dc.clientOptions,
    ...settings,
    logger: { to: (line) => void lines.push(line), level: 'ultra-verbose' },
    connection: { protocol: 'tcp_intermediate', timeout: 20_000, ...settings.connection },
  });
  running.push(client);
  const { signIn: inner } = client['assembly'];
  const one: Device = {
    client,
    states: [],
    lines,
    forgotten: 0,
    context: {
      ...inner,
      forget: () => {
        one.forgotten++;
        return inner.forget();
      },
    },
    steps: () => new SignInSteps(one.context, { onState: ({ step }) => one.states.push(step) }),
    signIn: (options) =>
      signIn(one.context, { onState: ({ step }) => void one.states.push(step), ...options }),
    logOut: (options) => logOut(one.context, options),
  };
  return one;
}

/** What the client keeps of keys and data centers. */
export const networkOf = ({ client }: Device) => client['assembly'].backbone.network;
