import { base, help, messages, users } from '@tlgen/telegram';
import { RpcFault, type FaultSubject, type LocalDc } from '@tlgen/local-dc';
import { describe, expect, it, vi } from 'vitest';
import { Dispatcher } from '../../../../packages/local-dc/src/dispatch/dispatcher.js';
import type { ServerCore } from '../../../../packages/local-dc/src/protocol/core.js';
import type { ServerSessionInfo } from '../../../../packages/local-dc/src/protocol/types.js';
import { clientOf, startDc } from './settings-effect-setup.js';

const nearest = () => new help.GetNearestDcRequest();
/** It comes by itself, or as the first call of a session. */
const REFUSED = new Set([help.GetNearestDcRequest.id >>> 0, base.InvokeWithLayerRequest.id >>> 0]);

/** Sizes of the packets that come to the data center. */
function sizes(dc: LocalDc): number[] {
  const list: number[] = [];
  const match = ({ size }: { size: number }): boolean => (list.push(size), false);
  dc.faults.add({ kind: 'drop', on: 'incoming', match });
  return list;
}

/** Makes data centers forget a session that a call came in, with its connection, as if they had been restarted. */
function forgetter(): (session: ServerSessionInfo) => void {
  const run = Dispatcher.prototype.run;
  let core: ServerCore | null = null;
  vi.spyOn(Dispatcher.prototype, 'run').mockImplementation(function (this: Dispatcher, call) {
    core = (this as unknown as { options: { core: ServerCore } }).options.core;
    return run.call(this, call);
  });
  return ({ id, key }) => {
    core?.forgetSession(key.key.id, id);
    for (const connection of core?.connections ?? []) connection.close();
  };
}

describe('maxTries', () => {
  it('maxTries.query: how often a call is tried that the server fails at; live', async () => {
    const dc = await startDc();
    let tries = 0;
    dc.handle(help.GetNearestDcRequest, () => {
      tries++;
      throw new RpcFault(500, 'INTERNAL');
    });
    const client = clientOf(dc, { maxTries: { query: 1 } });
    await expect(client.invoke(nearest())).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(tries).toBe(1);
    client.configure({ maxTries: { query: 2 } });
    await expect(client.invoke(nearest())).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(tries).toBe(3);
  });

  it('maxTries.authorization: how often a person is asked; live', async () => {
    const dc = await startDc();
    const { phone } = await dc.createUser();
    const client = clientOf(dc, { maxTries: { authorization: 2 } });
    const code = vi.fn(() => '11111');
    await expect(client.signIn({ phone, code })).rejects.toMatchObject({
      code: 'PHONE_CODE_INVALID',
    });
    expect(code).toHaveBeenCalledTimes(2);
    client.configure({ maxTries: { authorization: 3 } });
    await expect(client.signIn({ phone, code })).rejects.toMatchObject({
      code: 'PHONE_CODE_INVALID',
    });
    expect(code).toHaveBeenCalledTimes(5);
  });

  it('maxTries.response: how often a call is sent anew that was lost; live', async () => {
    const dc = await startDc();
    const client = clientOf(dc, { maxTries: { response: 1 } });
    await client.invoke(nearest());
    // Refused each time it comes, until its session gives it up.
    const refused = dc.faults.add({
      kind: 'bad-msg',
      code: 64,
      match: ({ messages: list }) => list.some(({ constructorId }) => REFUSED.has(constructorId)),
    });
    await expect(client.invoke(nearest())).rejects.toMatchObject({
      code: 'CALL_LOST',
      mayHaveRun: false,
    });
    const once = refused.count;
    expect(once).toBeGreaterThan(0);
    client.configure({ maxTries: { response: 2 } });
    await expect(client.invoke(nearest())).rejects.toMatchObject({ code: 'CALL_LOST' });
    expect(refused.count).toBeGreaterThan(once * 2);
  });

  it.each([1, 3])(
    'maxTries.response: %i times in all is a read sent whose session is forgotten each time',
    async (response) => {
      const dc = await startDc();
      const client = clientOf(dc, { maxTries: { response } });
      await client.invoke(nearest());
      const forget = forgetter();
      let ran = 0;
      dc.handle(help.GetNearestDcRequest, (_, { session, next }) => {
        ran++;
        forget(session);
        return next();
      });
      await expect(client.invoke(nearest(), { repeatable: true })).rejects.toMatchObject({
        code: 'CALL_LOST',
        mayHaveRun: true,
      });
      expect(ran).toBe(response);
    },
  );
});

describe('floodWait.below', () => {
  it('strictly shorter waits are slept through; live, and by call', async () => {
    const dc = await startDc();
    const client = clientOf(dc, { floodWait: { below: 1 } });
    dc.floodWait(help.GetNearestDcRequest, 1);
    await expect(client.invoke(nearest())).rejects.toMatchObject({
      code: 'FLOOD_WAIT',
      seconds: 1,
    });
    client.configure({ floodWait: { below: 1.5 } });
    dc.floodWait(help.GetNearestDcRequest, 1);
    expect(await client.invoke(nearest())).toMatchObject({ thisDc: 2 });
    dc.floodWait(help.GetNearestDcRequest, 1);
    const call = client.invoke(nearest(), { floodWaitLimit: 0 });
    await expect(call).rejects.toMatchObject({ code: 'FLOOD_WAIT' });
  });
});

describe('requests.gzipAbove', () => {
  it('compresses longer requests; -1: none; counts for the next connection', async () => {
    const dc = await startDc();
    const { phone, id } = await dc.createUser();
    const client = clientOf(dc, { requests: { gzipAbove: 100 } });
    await client.signIn({ phone, code: '22222' });
    // This opens another connection.
    const renew = (): void =>
      client.configure({ updates: { enabled: !client.settings.updates.enabled } });
    const seen = sizes(dc);
    const largest = async (length: number): Promise<number> => {
      seen.length = 0;
      const message = 'a'.repeat(length);
      const peer = new base.InputPeerSelf();
      const randomId = BigInt(Math.floor(Math.random() * 1e15)) + 1n;
      await client.invoke(new messages.SendMessageRequest({ peer, message, randomId }));
      return Math.max(...seen);
    };
    expect(await largest(3000)).toBeLessThan(1000);
    client.configure({ requests: { gzipAbove: -1 } });
    expect(await largest(3000)).toBeLessThan(1000);
    renew();
    expect(await largest(3000)).toBeGreaterThan(3000);
    client.configure({ requests: { gzipAbove: 2000 } });
    renew();
    // The first call of a connection has more around it.
    await largest(10);
    expect(await largest(1500)).toBeGreaterThan(1500);
    expect(await largest(3000)).toBeLessThan(1000);
    expect(client.self?.id).toBe(id);
  });
});

/** Holds calls of `help.getNearestDc` until they are let go. */
function held(dc: LocalDc) {
  const waiting: (() => void)[] = [];
  let most = 0;
  dc.handle(help.GetNearestDcRequest, async (_, { next }) => {
    const held = new Promise<void>((resolve) => waiting.push(resolve));
    most = Math.max(most, waiting.length);
    await held;
    return next();
  });
  return {
    waiting,
    get most() {
      return most;
    },
    letGo: () => waiting.splice(0).forEach((resolve) => resolve()),
  };
}

/** Lets all calls go, again and again. */
async function finish(calls: Promise<unknown>[], letGo: () => void): Promise<void> {
  const timer = setInterval(letGo, 5);
  await Promise.all(calls).finally(() => clearInterval(timer));
}

describe('messageLimit', () => {
  it.each([
    [1, 1],
    [3, 3],
    [200, 8],
  ])(
    'messageLimit.outgoing: %i of 8 calls wait for answers at one time',
    async (outgoing, most) => {
      const dc = await startDc();
      const server = held(dc);
      const client = clientOf(dc, { messageLimit: { outgoing } });
      await client.connect();
      const calls = Array.from({ length: 8 }, () => client.invoke(nearest()));
      await vi.waitFor(() => expect(server.waiting).toHaveLength(most), { timeout: 10_000 });
      // No more come while nothing is answered.
      await client.invoke(nearest(), { timeout: 100 }).catch(() => undefined);
      expect(server.most).toBeLessThanOrEqual(most + (most === 8 ? 1 : 0));
      await finish(calls, server.letGo);
    },
  );

  it.each([
    [1, 1],
    [2, 2],
    [200, 5],
  ])(
    'messageLimit.callQueue: %i of 5 calls of one queue are under way',
    async (callQueue, most) => {
      const dc = await startDc();
      const client = clientOf(dc);
      await client.connect();
      // Live.
      client.configure({ messageLimit: { callQueue } });
      const server = held(dc);
      // The server runs them one by one; what counts is how many have come.
      const ids = new Set([help.GetNearestDcRequest.id, base.InvokeAfterMsgRequest.id]);
      const came = new Set<bigint>();
      const match = ({ messages: list }: FaultSubject): boolean => {
        for (const { constructorId, msgId } of list)
          if (ids.has(constructorId) || ids.has(constructorId | 0)) came.add(msgId);
        return false;
      };
      dc.faults.add({ kind: 'drop', on: 'incoming', match });
      const calls = Array.from({ length: 5 }, () => client.invoke(nearest(), { queue: 'q' }));
      await vi.waitFor(() => expect(came.size).toBe(most), { timeout: 10_000 });
      // No more come while nothing is answered.
      await client.invoke(new help.GetConfigRequest());
      expect(came.size).toBe(most);
      await finish(calls, server.letGo);
      expect(came.size).toBe(5);
    },
  );

  it('messageLimit.incoming: many more pushes than are remembered come once each', async () => {
    const dc = await startDc();
    const { phone, id } = await dc.createUser();
    const client = clientOf(dc, { messageLimit: { incoming: 100 } });
    await client.signIn({ phone, code: '22222' });
    const got: string[] = [];
    client.on('raw-update', (update) => got.push(...JSON.stringify(update).match(/number \d+/g)!));
    dc.faults.add({ kind: 'duplicate', on: 'outgoing' });
    const sender = await dc.createUser();
    for (let n = 0; n < 250; n++) dc.send(sender.id, id, `number ${n}`);
    await vi.waitFor(() => expect(new Set(got).size).toBe(250), { timeout: 20_000 });
    await client.invoke(new users.GetUsersRequest({ id: [new base.InputUserSelf()] }));
    expect(got).toHaveLength(250);
  });
});

describe('identity', () => {
  it('apiId and apiHash: what sign-ins are made with', async () => {
    const dc = await startDc();
    const { phone, id } = await dc.createUser();
    const client = clientOf(dc);
    await client.signIn({ phone, code: '22222' });
    const [authorization] = [...dc.world.authorizations.values()];
    expect(authorization).toMatchObject({ apiId: dc.clientOptions.apiId, userId: id });
  });
});
