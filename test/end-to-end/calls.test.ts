import { LocalDc, RpcFault } from '@tlgen/local-dc';
import type { ApiCall } from '@tlgen/runtime';
import { base, help, messages, users } from '@tlgen/telegram';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectClean, person, pushed, received, until, type Person } from './people.js';

describe('calls and their options', () => {
  let dc: LocalDc;
  let ada: Person;
  let bob: Person;
  const undo: (() => void)[] = [];

  beforeAll(async () => {
    dc = await LocalDc.start({ dataCenters: [2, 4] });
    ada = await person(dc, await dc.createUser({ firstName: 'Ada', username: 'ada_here' }));
    bob = await person(dc, await dc.createUser({ firstName: 'Bob', username: 'bob_here' }));
    await ada.client.peers.info('bob_here');
  });
  beforeEach(() => {
    for (const one of undo.splice(0)) one();
    ada.called.length = 0;
    ada.lines.length = 0;
    bob.updates.length = 0;
  });
  afterAll(async () => {
    await Promise.all([ada.client.close(), bob.client.close()]);
    expectClean(dc);
    await dc.close();
  });

  /** Holds answers of a method back until it is told. */
  function held(method: typeof help.GetNearestDcRequest): () => void {
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    undo.push(
      dc.handle(method, async (_, context) => {
        await gate;
        return context.next();
      }),
    );
    return go;
  }

  it('by name and by request give the same', async () => {
    const { client } = ada;
    const strict = await client.invoke(new help.GetNearestDcRequest());
    expect(strict).toBeInstanceOf(base.NearestDc);
    expect(await client.api.help.getNearestDc()).toEqual(strict);
    const id = [new base.InputUserSelf()];
    expect(await client.invoke(new users.GetUsersRequest({ id }))).toMatchObject([{ id: ada.id }]);
    expect(await client.api.users.getUsers({ id: ['me'] })).toMatchObject([{ id: ada.id }]);
  });

  it('noResponse: resolves with nothing before there is an answer, and the call runs', async () => {
    const go = held(help.GetNearestDcRequest);
    const { api } = ada.client;
    expect(await api.help.getNearestDc({}, { noResponse: true })).toBeUndefined();
    go();
    const call = { peer: 'bob_here', message: 'no response' };
    expect(await api.messages.sendMessage(call, { noResponse: true })).toBeUndefined();
    const request = new help.GetNearestDcRequest();
    expect(await ada.client.invoke(request, { noResponse: true })).toBeUndefined();
    await until(async () => {
      const [last] = await bob.client.peers.history('ada_here', { limit: 1 }).all();
      return (last as base.Message | undefined)?.message === 'no response';
    });
  });

  it('noResponse: what the server says no to later is nobody’s accident', async () => {
    const accidents: unknown[] = [];
    const heard = (error: unknown): unknown => accidents.push(error);
    process.on('unhandledRejection', heard);
    let answered = (): void => {};
    const done = new Promise<void>((resolve) => {
      answered = resolve;
    });
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    undo.push(
      dc.handle(help.GetNearestDcRequest, async () => {
        await gate;
        answered();
        throw new RpcFault(400, 'TOO_LATE');
      }),
    );
    const nothing = await ada.client.api.help.getNearestDc({}, { noResponse: true });
    expect(nothing).toBeUndefined();
    go();
    await done;
    await ada.client.api.users.getUsers({ id: ['me'] });
    process.off('unhandledRejection', heard);
    expect(accidents).toEqual([]);
    expect(ada.errors).toEqual([]);
  });

  it('noResponse: is sent again until the server has it', async () => {
    dc.faults.add({ kind: 'cut', on: 'incoming', when: 'before', times: 1 });
    const sent = ada.client.api.messages.sendMessage(
      { peer: 'bob_here', message: 'through a cut' },
      { noResponse: true },
    );
    await sent;
    await until(async () => {
      const all = await bob.client.peers.history('ada_here').all();
      return all.filter((one) => (one as base.Message).message === 'through a cut').length === 1;
    });
  });

  it('queue: calls run in their order, though the first is slow', async () => {
    const order: string[] = [];
    let free = (): void => {};
    const freed = new Promise<void>((resolve) => {
      free = resolve;
    });
    undo.push(
      dc.handle(messages.SendMessageRequest, async (request, context) => {
        if (request.message === 'q0') await freed;
        if (request.message === 'free') free();
        order.push(request.message);
        return context.next();
      }),
    );
    const send = (message: string, queue?: string): Promise<base.TypeUpdates> =>
      ada.client.api.messages.sendMessage({ peer: bob.id, message }, { queue });
    await Promise.all([
      ...Array.from({ length: 8 }, (_, i) => send(`q${i}`, 'one')),
      send('free', 'other'),
    ]);
    expect(order.filter((one) => one !== 'free')).toEqual(
      Array.from({ length: 8 }, (_, i) => `q${i}`),
    );
    expect(order[0]).toBe('free');
  });

  it('queue: a call that fails does not stop those behind it', async () => {
    const { api } = ada.client;
    const all = await Promise.allSettled([
      api.messages.sendMessage({ peer: bob.id, message: '' }, { queue: 'q' }),
      api.messages.sendMessage({ peer: '@no_such_name', message: 'x' }, { queue: 'q' }),
      api.messages.sendMessage({ peer: bob.id, message: 'after' }, { queue: 'q' }),
    ]);
    expect(all).toMatchObject([
      { status: 'rejected', reason: { code: 'MESSAGE_EMPTY' } },
      { status: 'rejected', reason: { code: 'UNKNOWN_PEER' } },
      { status: 'fulfilled' },
    ]);
  });

  it('floodWaitLimit: shorter waits are slept through, others are an error at once', async () => {
    const { api } = ada.client;
    dc.floodWait(help.GetNearestDcRequest, 1);
    expect(await api.help.getNearestDc()).toMatchObject({ thisDc: 2 });
    expect(ada.lines.filter((line) => /getNearestDc waits 1 s/.test(line))).toHaveLength(1);
    dc.floodWait(help.GetNearestDcRequest, 1);
    await expect(api.help.getNearestDc({}, { floodWaitLimit: 1 })).rejects.toMatchObject({
      code: 'FLOOD_WAIT',
      number: 420,
      seconds: 1,
    });
    dc.floodWait(help.GetNearestDcRequest, 20);
    await expect(api.help.getNearestDc()).rejects.toMatchObject({
      code: 'FLOOD_WAIT',
      seconds: 20,
    });
  });

  it('dc: runs there, in the name of the user', async () => {
    const { api } = ada.client;
    expect(await api.help.getNearestDc({}, { dc: 4 })).toMatchObject({ thisDc: 4 });
    expect(await api.users.getUsers({ id: ['me'] }, { dc: 4 })).toMatchObject([{ id: ada.id }]);
    expect(await api.help.getNearestDc()).toMatchObject({ thisDc: 2 });
    await expect(api.help.getNearestDc({}, { dc: 77 })).rejects.toMatchObject({
      name: 'DataCenterError',
      code: 'NO_ADDRESS',
      dc: 77,
    });
  });

  it('timeout and signal: give up, the connection stays', async () => {
    const { api } = ada.client;
    const go = held(help.GetNearestDcRequest);
    await expect(api.help.getNearestDc({}, { timeout: 20 })).rejects.toMatchObject({
      name: 'TimeoutError',
      code: 'TIMEOUT',
    });
    const controller = new AbortController();
    const call = api.help.getNearestDc({}, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(call).rejects.toMatchObject({ code: 'ABORTED', cause: { message: 'enough' } });
    const before = api.help.getNearestDc({}, { signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ code: 'ABORTED' });
    go();
    expect(await api.help.getNearestDc()).toMatchObject({ thisDc: 2 });
  });

  it('middleware: sees, changes, answers and repeats calls', async () => {
    const seen: string[] = [];
    const changed = (call: ApiCall): ApiCall =>
      call.request instanceof messages.SendMessageRequest
        ? { ...call, request: Object.assign(call.request, { message: 'changed' }) }
        : call;
    await using carl = await person(dc, await dc.createUser({ username: 'carl_here' }), {
      middleware: [
        async (call, next) => {
          seen.push(`> ${call.request._}`);
          const answer = await next(changed(call));
          seen.push(`< ${(answer as { _?: string })._}`);
          return answer;
        },
        async (call, next) => {
          if (call.request instanceof help.GetNearestDcRequest)
            return new base.NearestDc({ country: 'own', thisDc: 1, nearestDc: 1 });
          try {
            return await next(call);
          } catch (error) {
            if (call.request instanceof help.AcceptTermsOfServiceRequest) return next(call);
            throw error;
          }
        },
      ],
    });
    seen.length = 0;
    expect(await carl.client.api.help.getNearestDc()).toMatchObject({ country: 'own' });
    expect(seen).toEqual(['> help.getNearestDc', '< nearestDc']);
    await carl.client.api.messages.sendMessage({ peer: 'bob_here', message: 'plain' });
    const [got] = await bob.client.peers.history('carl_here', { limit: 1 }).all();
    expect(got).toMatchObject({ message: 'changed' });
    let tries = 0;
    undo.push(
      dc.handle(help.AcceptTermsOfServiceRequest, () => {
        if (++tries === 1) throw new RpcFault(400, 'DATA_INVALID');
        return true;
      }),
    );
    expect(await carl.client.api.help.acceptTermsOfService({ id: {} })).toBe(true);
    expect(tries).toBe(2);
  });

  it('DataJSON: any value is written as JSON', async () => {
    const got = received(dc, help.AcceptTermsOfServiceRequest);
    const { api } = ada.client;
    const values = [{ a: [1, 'x', null, true] }, [1, 2], 'text', 0, true];
    for (const id of [...values, new base.DataJSON({ data: '[]' })])
      expect(await api.help.acceptTermsOfService({ id })).toBe(true);
    expect(got.map(({ id }) => id.data)).toEqual([
      ...values.map((one) => JSON.stringify(one)),
      '[]',
    ]);
    await expect(api.help.acceptTermsOfService({ id: 1n as never })).rejects.toMatchObject({
      name: 'ParameterError',
      parameter: 'id',
    });
  });

  it('random ids are filled in, each another; empty constructors, too', async () => {
    const { api } = ada.client;
    const sends = received(dc, messages.SendMessageRequest);
    const forwards = received(dc, messages.ForwardMessagesRequest);
    const lists = received(dc, messages.GetDialogsRequest);
    const searches = received(dc, messages.SearchRequest);
    for (let i = 0; i < 10; i++) await api.messages.sendMessage({ peer: bob.id, message: `${i}` });
    const ids = (await ada.client.peers.history(bob.id, { limit: 5 }).all()).map(({ id }) => id);
    await api.messages.forwardMessages({ fromPeer: bob.id, toPeer: 'me', id: ids });
    await api.messages.getDialogs({});
    await api.messages.search({ peer: bob.id });
    const [forward] = forwards;
    expect(forward!.randomId).toHaveLength(5);
    const all = [...sends.map(({ randomId }) => randomId), ...forward!.randomId];
    expect(new Set(all).size).toBe(15);
    expect(all.filter((id) => id > -(2n ** 32n) && id < 2n ** 32n).length).toBeLessThan(3);
    expect(lists[0]).toMatchObject({ offsetPeer: { _: 'inputPeerEmpty' }, offsetId: 0, hash: 0n });
    expect(searches[0]).toMatchObject({ filter: { _: 'inputMessagesFilterEmpty' }, q: '' });
    await api.messages.sendMessage({ peer: bob.id, message: 'own', randomId: 42n });
    expect(sends.at(-1)!.randomId).toBe(42n);
  });

  it('methods that have a better way say so in the log, once', async () => {
    const { api } = ada.client;
    await api.contacts.resolveUsername({ username: 'bob_here' });
    await api.contacts.resolveUsername({ username: 'bob_here' });
    const said = ada.lines.filter((line) => line.includes('better use'));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/contacts\.resolveUsername: better use client\.peers\.resolve/);
  });

  it('updates of what others do arrive', async () => {
    await ada.client.sendText('bob_here', 'an update');
    const own = await until(
      () =>
        bob.updates.find((one) => one._ === 'updateShortMessage') ??
        pushed(bob, 'updateNewMessage')[0]?.message,
    );
    expect(own).toMatchObject({ message: 'an update' });
  });
});
