import { help } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDc } from '../../../../packages/local-dc/src/index.js';
import { Client, MemoryStorage } from '../../../../packages/runtime/src/index.js';

describe('a call that wants to know when the server has it', () => {
  let dc: LocalDc;
  let answer = (): void => {};
  beforeAll(async () => {
    dc = await LocalDc.start();
    dc.handle(
      help.GetNearestDcRequest,
      async (_request, context) => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return context.next();
      },
      { anonymous: true },
    );
  });
  afterAll(() => dc.close());

  const clientOver = (protocol: 'tcp_abridged' | 'tcp_intermediate' | 'tcp_full'): Client =>
    new Client({
      schema,
      storage: new MemoryStorage(),
      ...dc.clientOptions,
      connection: { protocol },
      logger: { to: 'none' },
    });

  it.each(['tcp_abridged', 'tcp_intermediate', 'tcp_full'] as const)(
    'is told before the answer comes, over %s',
    async (protocol) => {
      await using client = clientOver(protocol);
      const order: string[] = [];
      await client.connect();
      const result = await client.invoke(new help.GetNearestDcRequest(), {
        onAcknowledged: () => {
          order.push('acknowledged');
          answer();
        },
      });
      order.push('answered');
      expect(result.thisDc).toBe(2);
      expect(order).toEqual(['acknowledged', 'answered']);
    },
  );

  it('ends with what the callback throws', async () => {
    await using client = clientOver('tcp_intermediate');
    const call = client.invoke(new help.GetNearestDcRequest(), {
      onAcknowledged: () => {
        throw new TypeError('no');
      },
    });
    await expect(call).rejects.toThrow(new TypeError('no'));
    answer();
  });
});
