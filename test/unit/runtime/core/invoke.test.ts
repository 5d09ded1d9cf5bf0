import { account, auth, help } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  AbortError,
  isRpcError,
  RpcError,
  type RpcErrorCode,
  TimeoutError,
} from '../../../../packages/runtime/src/core/errors.js';
import { ClosedError } from '../../../../packages/runtime/src/network/errors.js';
import { settle } from '../network/fakes/clock.js';
import { FakeClient, Refusal, toEvent, type FakeWorld } from '../network/fakes/world.js';
import { answerWith, read, setUp, watch, write } from './setup.js';

let world: FakeWorld;
let client: FakeClient;
beforeEach(async () => {
  ({ world, client } = await setUp());
});

describe('invoke', () => {
  it('sends a request and decodes its answer by the request', async () => {
    const config = await client.caller.invoke(new help.GetConfigRequest());
    expect(config.thisDc).toBe(2);
    expect(await client.caller.invoke(write())).toBe(true);
  });

  it('encodes once, whatever becomes of the object meanwhile', async () => {
    answerWith(world, new Refusal(500, 'INTERNAL'), true);
    const request = read();
    const done = client.caller.invoke(request);
    request.username = 'changed';
    await world.clock.advance(10_000);
    await done;
    const seen = world.asked.map((asked) => (asked.request as typeof request).username);
    expect(seen).toEqual(['durov', 'durov']);
  });

  it('rejects a request that cannot be written, and sends nothing', async () => {
    const bad = new account.CheckUsernameRequest({ username: 5 as unknown as string });
    await expect(client.caller.invoke(bad)).rejects.toMatchObject({ name: 'TlError' });
    expect(world.asked).toEqual([]);
  });

  it('rejects a request that no server takes, and sends nothing', async () => {
    const request = new account.CheckUsernameRequest({ username: 'x'.repeat(1_044_404) });
    await expect(client.caller.invoke(request)).rejects.toMatchObject({
      code: 'REQUEST_TOO_LONG',
      limit: 1_044_404,
    });
    expect(world.asked).toEqual([]);
  });

  it('rejects with TlError when the answer cannot be read; the connection lives on', async () => {
    answerWith(world, Uint8Array.of(1, 2, 3, 4));
    await expect(client.caller.invoke(read())).rejects.toMatchObject({ name: 'TlError' });
    expect(await client.caller.invoke(read())).toBe(true);
  });

  it('goes through the middleware, outermost first, which may change and answer calls', async () => {
    const trace: string[] = [];
    client = await FakeClient.signedIn(world, {
      middleware: [
        async (call, next) => {
          trace.push('a');
          const result = await next(call);
          trace.push(`a ${result}`);
          return !result;
        },
        (call, next) => {
          trace.push('b');
          if (call.request instanceof help.GetConfigRequest) return Promise.resolve(false);
          return next({ ...call, request: read() });
        },
      ],
    });
    expect(await client.caller.invoke(write())).toBe(false);
    expect(trace).toEqual(['a', 'b', 'a true']);
    expect(world.names()).toEqual(['2 account.checkUsername']);
    expect(await client.caller.invoke(new help.GetConfigRequest())).toBe(true);
    expect(world.asked).toHaveLength(1);
  });
});

describe('errors', () => {
  it('have a code, a number and an argument', async () => {
    answerWith(world, new Refusal(400, 'FILE_PART_7_MISSING'));
    const error: unknown = await client.caller.invoke(write()).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'FILE_PART_MISSING',
      number: 400,
      value: 7,
      raw: 'FILE_PART_7_MISSING',
      method: 'account.updateStatus',
    });
    expect(isRpcError(error)).toBe(true);
    expect(isRpcError(error, account.UpdateStatusRequest)).toBe(true);
    expect(isRpcError(error, account.CheckUsernameRequest)).toBe(false);
    expect(isRpcError(new Error('x'))).toBe(false);
  });

  it('narrow to the errors of a method', () => {
    const error: unknown = new RpcError(420, 'FLOOD_WAIT_3', 'auth.signIn');
    if (!isRpcError(error, auth.SignInRequest)) throw error;
    const known: RpcErrorCode<'AUTH_RESTART_%d' | 'FILE_PART_%d_MISSING' | 'A_WAIT_%dMIN'>[] = [
      'AUTH_RESTART',
      'FILE_PART_MISSING',
      'A_WAIT_MIN',
    ];
    expect(known).toHaveLength(3);
    expect(error.code === 'PHONE_CODE_INVALID').toBe(false);
    // @ts-expect-error: a misspelt code is found by the compiler.
    expect(error.code === 'PHONE_CODE_INVALD').toBe(false);
    expect(error.code === 'FLOOD_WAIT').toBe(true);
  });

  it('split their names as the types do', () => {
    const of = (raw: string) => {
      const { code, value } = new RpcError(400, raw, 'm');
      return [code, value];
    };
    expect(of('FLOOD_WAIT_30')).toEqual(['FLOOD_WAIT', 30]);
    expect(of('2FA_CONFIRM_WAIT_5')).toEqual(['2FA_CONFIRM_WAIT', 5]);
    expect(of('PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_3MIN')).toEqual([
      'PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_MIN',
      3,
    ]);
    expect(of('INTERDC_2_CALL_ERROR')).toEqual(['INTERDC_CALL_ERROR', 2]);
    expect(of('PEER_ID_INVALID')).toEqual(['PEER_ID_INVALID', null]);
    expect(of('Timeout')).toEqual(['Timeout', null]);
    const hostile = new RpcError(400, `A\n\u001b[31m${'X'.repeat(10_000)}`, 'm');
    expect(hostile.message).not.toContain('\n');
    expect(hostile.message.length).toBeLessThan(300);
  });
});

describe('ending calls', () => {
  it('cancels at the server when the signal aborts', async () => {
    world.answer = () => 'silent';
    const controller = new AbortController();
    const seen = watch(client.caller.invoke(write(), { signal: controller.signal }));
    await settle();
    controller.abort();
    await settle();
    expect(seen.error).toBeInstanceOf(AbortError);
    expect(world.engines[0]!.cancelled).toEqual([world.asked[0]!.id]);
    // A late answer changes nothing.
    world.asked[0]!.transport.answer(toEvent(world.asked[0]!.id, true)!);
    expect(seen.value).toBeUndefined();
  });

  it('sends nothing when the signal is aborted already', async () => {
    const signal = AbortSignal.abort();
    await expect(client.caller.invoke(write(), { signal })).rejects.toBeInstanceOf(AbortError);
    expect(world.asked).toEqual([]);
  });

  it('gives up after the timeout, and leaves no timer or listener after an answer', async () => {
    world.answer = () => 'silent';
    const seen = watch(client.caller.invoke(write(), { timeout: 5_000 }));
    await world.clock.advance(5_000);
    expect(seen.error).toBeInstanceOf(TimeoutError);
    world.answer = () => true;
    let listeners = 0;
    const signal = {
      aborted: false,
      addEventListener: () => void listeners++,
      removeEventListener: () => void listeners--,
    };
    await client.caller.invoke(write(), { timeout: 5_000, signal });
    expect(world.clock.pending).toBe(0);
    expect(listeners).toBe(0);
  });

  it('conn/close-leaves-nothing: every kind of pending call rejects', async () => {
    world.answer = ({ request }) =>
      request instanceof account.CheckUsernameRequest
        ? new Refusal(420, 'FLOOD_WAIT_10')
        : 'silent';
    const sleeping = watch(client.caller.invoke(read()));
    const sent = watch(client.caller.invoke(write()));
    const elsewhere = watch(client.caller.invoke(write(), { dc: 3 }));
    const queued = [1, 2].map(() => watch(client.caller.invoke(write(), { queue: 'q', dc: 4 })));
    await settle();
    await client.close();
    await settle();
    expect(sleeping.error).toBeInstanceOf(ClosedError);
    expect(sent.error).toMatchObject({ code: 'CALL_LOST', mayHaveRun: true });
    for (const one of [elsewhere, ...queued]) expect(one.done && one.error).toBeTruthy();
    expect(world.clock.pending).toBe(0);
    expect(world.openTransports).toBe(0);
    await expect(client.caller.invoke(read())).rejects.toBeInstanceOf(ClosedError);
  });
});
