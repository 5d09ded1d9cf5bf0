import { base, help, messages } from '@tlgen/telegram';
import { RpcFault, type LocalDc, type LocalDcOptions } from '@tlgen/local-dc';
import { describe, expect, it, vi } from 'vitest';
import type { Protocol } from '../../../../packages/runtime/src/index.js';
import { clientOf, Dialler, startDc } from './settings-effect-setup.js';

const nearest = () => new help.GetNearestDcRequest();
const noResponse = true;

/** A data center, and a client that somebody is signed in with. */
async function signedIn(options: LocalDcOptions = {}, protocol: Protocol = 'tcp_intermediate') {
  const dc = await startDc(options);
  const proxy = new Dialler();
  const client = clientOf(dc, { connection: { protocol, proxy } });
  const { phone, id } = await dc.createUser();
  await client.signIn({ phone, code: '22222' });
  return { dc, client, id, proxy };
}

const HOW = ['invoke', 'api'] as const;
type Ready = Awaited<ReturnType<typeof signedIn>>;

/** Sends a message to oneself, and does not wait for the answer. */
function send(
  { client }: Pick<Ready, 'client'>,
  how: (typeof HOW)[number],
  message: string,
  options: { queue?: string; signal?: AbortSignal } = {},
): Promise<void> {
  if (how === 'api') {
    return client.api.messages.sendMessage({ peer: 'me', message }, { ...options, noResponse });
  }
  const peer = new base.InputPeerSelf();
  const randomId = BigInt(message.length) * 1_000_003n + BigInt(message.charCodeAt(0));
  const request = new messages.SendMessageRequest({ peer, message, randomId });
  return client.invoke(request, { ...options, noResponse });
}

/** Texts of the messages that the server has, in its order. */
const atServer = (dc: LocalDc, id: bigint): string[] =>
  [...(dc.world.user(id)?.box.letters.values() ?? [])].flatMap(({ message }) =>
    message._ === 'message' ? [message.message] : [],
  );

/** Packets with a request of that class. */
const having =
  (type: { readonly id: number }) =>
  ({ messages: list }: { readonly messages: readonly { readonly constructorId: number }[] }) =>
    list.some(({ constructorId }) => constructorId === type.id >>> 0);

describe.each(HOW)('noResponse by client.%s', (how) => {
  it.each(['tcp_intermediate', 'tcp_full', 'websocket'] as const)(
    'resolves with nothing when the server has the request, over %s',
    async (protocol) => {
      const ready = await signedIn({}, protocol);
      const came = vi.fn();
      ready.dc.handle(messages.SendMessageRequest, () => {
        came();
        return new Promise<never>(() => undefined);
      });
      expect(await send(ready, how, 'hello')).toBeUndefined();
      await vi.waitFor(() => expect(came).toHaveBeenCalledTimes(1), { timeout: 10_000 });
      // Others are answered as ever.
      expect(await ready.client.invoke(nearest())).toMatchObject({ thisDc: 2 });
    },
  );

  it('is sent again until the server has it', async () => {
    const ready = await signedIn();
    const cut = ready.dc.faults.add({
      kind: 'cut',
      on: 'incoming',
      when: 'before',
      times: 2,
      match: having(messages.SendMessageRequest),
    });
    const settled = vi.fn();
    const call = send(ready, how, 'hello').then(settled);
    await vi.waitFor(() => expect(cut.count).toBeGreaterThan(0), { timeout: 10_000 });
    await call;
    // The first packet of a connection has it inside of `invokeWithLayer`.
    await vi.waitFor(() => expect(atServer(ready.dc, ready.id)).toEqual(['hello']));
    expect(ready.proxy.dialled.length).toBeGreaterThan(1);
    expect(ready.dc.refusals.list).toEqual([]);
  });

  it('throws an error that comes before the acknowledgement', async () => {
    // Over this protocol nothing is acknowledged at once.
    const ready = await signedIn({ ackDelay: 60_000 }, 'tcp_full');
    ready.dc.handle(messages.SendMessageRequest, () => {
      throw new RpcFault(400, 'PEER_FLOOD');
    });
    await expect(send(ready, how, 'hello')).rejects.toMatchObject({ code: 'PEER_FLOOD' });
  });

  it('keeps its place in a queue', async () => {
    const ready = await signedIn();
    const queue = 'mine';
    // The first ones take longest.
    let left = 6;
    ready.dc.handle(messages.SendMessageRequest, async (_, { next }) => {
      await new Promise((resolve) => setTimeout(resolve, 10 * left--));
      return next();
    });
    const texts = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff'];
    const calls = texts.map((text) => send(ready, how, text, { queue }));
    ready.proxy.last.socket.close();
    await Promise.all(calls);
    // One that waits for its answer comes after all of them.
    await ready.client.invoke(nearest(), { queue });
    expect(atServer(ready.dc, ready.id)).toEqual(texts);
  });

  it('that the server never gets, or never answers, leaves nothing when the client closes', async () => {
    const ready = await signedIn();
    ready.dc.handle(messages.SendMessageRequest, () => new Promise<never>(() => undefined));
    await send(ready, how, 'got');
    const lost = ready.dc.faults.add({ kind: 'drop', on: 'incoming' });
    const pending = send(ready, how, 'lost').catch((error: unknown) => error);
    await vi.waitFor(() => expect(lost.count).toBeGreaterThan(0), { timeout: 10_000 });
    await ready.client.close();
    expect(await pending).toMatchObject({ code: expect.stringMatching(/CLOSED|CALL_LOST/) });
    await ready.dc.close();
    const open = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap');
    await vi.waitFor(() => expect(open()).toEqual([]), { timeout: 5_000 });
  });

  it('that is given up before the server has it is not sent again', async () => {
    const ready = await signedIn();
    const lost = ready.dc.faults.add({ kind: 'drop', on: 'incoming' });
    const controller = new AbortController();
    const { signal } = controller;
    const call = send(ready, how, 'hello', { signal });
    await vi.waitFor(() => expect(lost.count).toBeGreaterThan(0), { timeout: 10_000 });
    controller.abort('enough');
    await expect(call).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
    lost.remove();
    ready.proxy.last.socket.close();
    await ready.client.invoke(nearest());
    expect(atServer(ready.dc, ready.id)).toEqual([]);
    // A signal that aborts after the acknowledgement says nothing any more.
    const late = new AbortController();
    await send(ready, how, 'again', { signal: late.signal });
    late.abort();
    await vi.waitFor(() => expect(atServer(ready.dc, ready.id)).toEqual(['again']));
  });
});
