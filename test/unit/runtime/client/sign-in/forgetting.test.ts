import { auth } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  logOut,
  type LogOutContext,
} from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { keepToken } from '../../../../../packages/runtime/src/client/sign-in/login-tokens.js';
import { Turns } from '../../../../../packages/runtime/src/client/turns.js';
import { CallLostError } from '../../../../../packages/runtime/src/core/errors.js';
import { FakeServer, type Answer } from './fake-server.js';

let server: FakeServer;
let order: string[];
let context: LogOutContext;
beforeEach(() => {
  server = new FakeServer();
  server.stored = { id: 7n, bot: false };
  order = [];
  const { invoke } = server.context;
  context = {
    ...server.context,
    turns: new Turns(),
    elsewhere: () => [4],
    invoke: (request, options) => {
      order.push(`${request._} ${options?.dc ?? 'home'}`);
      return invoke(request, options);
    },
    forget: () => {
      order.push('forget');
      server.stored = null;
      return Promise.resolve();
    },
  };
});

const answer = (one: Answer | (() => Answer)): void => void server.answers.set('auth.logOut', one);

describe('logging out', () => {
  it('tells the other data centers, then the home one, and only then forgets', async () => {
    answer(new auth.LoggedOut({ futureAuthToken: Uint8Array.of(1, 2) }));
    await logOut(context);
    expect(order).toEqual(['auth.logOut 4', 'auth.logOut home', 'forget']);
    expect(server.tokens).toEqual([Uint8Array.of(1, 2)]);
    await logOut(context);
    expect(order).toHaveLength(3);
  });

  it.each(['INTERNAL', 'FLOOD_WAIT_5'])(
    'that the server refuses by %s forgets nothing',
    async (error) => {
      answer(error);
      await expect(logOut(context)).rejects.toMatchObject({ name: 'RpcError' });
      expect(order).not.toContain('forget');
      expect(server.stored).not.toBeNull();
    },
  );

  it.each(['AUTH_KEY_UNREGISTERED', 'SESSION_REVOKED', 'USER_DEACTIVATED'])(
    'forgets where the server says %s: nobody is signed in there',
    async (error) => {
      answer(error);
      await logOut(context);
      expect(order.at(-1)).toBe('forget');
    },
  );

  it('forgets when the answer was lost with the key, and not when it was lost alone', async () => {
    const lost = (): never => {
      throw new CallLostError('auth.logOut', true, 'the key is gone');
    };
    answer(lost);
    await expect(logOut(context)).rejects.toMatchObject({ name: 'CallLostError' });
    expect(order).not.toContain('forget');
    answer(() => {
      server.stored = null;
      return lost();
    });
    await logOut(context);
    expect(order.at(-1)).toBe('forget');
  });
});

describe('tokens that let a user in again', () => {
  it('are twenty at most, the newest, wherever they are kept', async () => {
    for (let n = 0; n < 50; n++) await keepToken(server.context.tokens, Uint8Array.of(9, n));
    expect(server.tokens).toEqual(Array.from({ length: 20 }, (_, i) => Uint8Array.of(9, 49 - i)));
    await keepToken(server.context.tokens, Uint8Array.of(9, 40));
    expect(server.tokens).toHaveLength(20);
    expect(server.tokens[0]).toEqual(Uint8Array.of(9, 40));
  });
});
