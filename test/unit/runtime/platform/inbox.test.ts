import { describe, expect, it } from 'vitest';
import { Inbox } from '../../../../packages/runtime/src/platform/inbox.js';
import type { SocketReceiver } from '../../../../packages/runtime/src/platform/sockets.js';

function recorder(): SocketReceiver & { readonly log: string[] } {
  const log: string[] = [];
  return {
    log,
    onData: (bytes) => log.push(`data ${[...bytes].join()}`),
    onClose: (error) => log.push(`close ${error?.message ?? ''}`.trim()),
  };
}

describe('the inbox of a socket', () => {
  it('keeps what came before anybody listens, and tells the end once and last', () => {
    const inbox = new Inbox();
    inbox.data(Uint8Array.of(1));
    inbox.data(Uint8Array.of(2));
    inbox.close(new Error('cut'));
    inbox.data(Uint8Array.of(3));
    inbox.close();
    const receiver = recorder();
    inbox.listen(receiver);
    inbox.listen(recorder());
    expect(receiver.log).toEqual(['data 1', 'data 2', 'close cut']);
  });

  it('a receiver that hands over in the middle loses nothing', () => {
    const inbox = new Inbox();
    const second = recorder();
    const log: number[] = [];
    inbox.listen({
      onData(bytes) {
        log.push(...bytes);
        inbox.unshift(Uint8Array.of(9));
        inbox.listen(second);
      },
      onClose: () => log.push(-1),
    });
    inbox.data(Uint8Array.of(1));
    inbox.data(Uint8Array.of(2));
    inbox.close();
    expect(log).toEqual([1]);
    expect(second.log).toEqual(['data 9', 'data 2', 'close']);
  });

  it('after unshift nobody listens until the next receiver comes', () => {
    const inbox = new Inbox();
    const first = recorder();
    inbox.listen(first);
    inbox.unshift(Uint8Array.of(5));
    inbox.data(Uint8Array.of(6));
    inbox.close();
    expect(first.log).toEqual([]);
    const second = recorder();
    inbox.listen(second);
    expect(second.log).toEqual(['data 5', 'data 6', 'close']);
  });

  it('discard drops what waits, also while it is being delivered', () => {
    const inbox = new Inbox();
    inbox.data(Uint8Array.of(1));
    inbox.data(Uint8Array.of(2));
    const log: string[] = [];
    inbox.listen({
      onData(bytes) {
        log.push(`data ${[...bytes].join()}`);
        inbox.discard();
      },
      onClose: () => log.push('close'),
    });
    expect(log).toEqual(['data 1', 'close']);
    expect(inbox.closed).toBe(true);
  });
});
