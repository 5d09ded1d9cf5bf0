import type { TlMethod } from '@tlgen/codec';
import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { Cancellation } from '../../../../../packages/runtime/src/core/cancellation.js';
import type { InvokeOptions } from '../../../../../packages/runtime/src/core/types.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import type { FilesContext } from '../../../../../packages/runtime/src/files/types.js';
import { parseMarkedId } from '../../../../../packages/runtime/src/peers/marked-id.js';
import { FakeClock } from '../../network/fakes/clock.js';

export type Answer = (request: TlMethod, options: InvokeOptions) => unknown;

export interface FakeContext extends FilesContext {
  /** The requests that came, in order. */
  readonly asked: TlMethod[];
  answer: Answer;
}

/** A client whose server is a function. */
export function fakeContext(answer: Answer): FakeContext {
  const asked: TlMethod[] = [];
  const clock = new FakeClock();
  const context: FakeContext = {
    asked,
    answer,
    schema,
    log: { log: () => undefined },
    crypto: nodeCrypto,
    proxied: false,
    state: {} as FilesContext['state'],
    settings: { parallel: 2, connections: 1 },
    peers: {
      inputPeer: (peer) =>
        Promise.resolve(new base.InputPeerUser({ userId: peer as bigint, accessHash: 1n })),
      inputUser: (peer) =>
        Promise.resolve(new base.InputUser({ userId: peer as bigint, accessHash: 1n })),
      inputChannel: (peer) => {
        const { id } = parseMarkedId(peer as bigint);
        return Promise.resolve(new base.InputChannel({ channelId: id, accessHash: 1n }));
      },
    },
    self: () => ({ id: 1n, bot: false }),
    now: () => 0,
    invoke: async <Result>(request: TlMethod<Result>, options: InvokeOptions = {}) => {
      asked.push(request);
      return (await context.answer(request, options)) as Result;
    },
    cancellable: async (options, what, work) => {
      const cancellation = new Cancellation(clock, options, what);
      try {
        cancellation.throwIfAborted();
        return await work(cancellation.signal);
      } finally {
        cancellation.dispose();
      }
    },
  };
  return context;
}
