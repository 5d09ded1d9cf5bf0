import { afterEach, describe, expect, it } from 'vitest';
import { refusal, rig } from './support.js';

const everything: object = Object.prototype;
const polluted = ['silent', 'entities', 'randomId', 'message', 'hash'] as const;
afterEach(() => {
  for (const name of polluted) Reflect.deleteProperty(everything, name);
});

const send = (api: ReturnType<typeof rig>, given: object): Promise<unknown> =>
  api.loose['messages']!['sendMessage']!(given);

describe('what all objects have by somebody else', () => {
  it('is in no request', async () => {
    const values = { silent: true, entities: 'x', randomId: 5n, message: 'not mine', hash: 9n };
    for (const name of polluted) {
      // Not enumerable: for (… in …) of the test's own tools is not what this is about.
      Object.defineProperty(everything, name, {
        value: values[name],
        configurable: true,
        writable: true,
      });
    }
    const one = rig();
    await send(one, { peer: 'me', message: 'mine' });
    const request = one.last() as unknown as Record<string, unknown>;
    expect(Object.hasOwn(request, 'silent') ? request['silent'] : false).toBe(false);
    expect(request['message']).toBe('mine');
    expect(request['randomId']).not.toBe(5n);
    // What is required has to be given by the caller, not by what all objects have.
    const error = await refusal(send(one, { peer: 'me' }));
    expect(error).toMatchObject({
      code: 'BAD_PARAMETER',
      message: expect.stringContaining('message'),
    });
    expect(one.sent).toHaveLength(1);
  });
});

describe('a parameter called __proto__', () => {
  it.each(['peer', 'chat_id'])('is told, also beside %s', async (peer) => {
    const one = rig();
    const given = JSON.parse(
      `{"${peer}":"me","message":"a","__proto__":{"silent":true}}`,
    ) as object;
    const error = await refusal(send(one, given));
    expect(error).toMatchObject({ code: 'BAD_PARAMETER' });
    expect(error.message).toContain('__proto__');
    expect(one.sent).toHaveLength(0);
  });
});

describe('an alias', () => {
  it('and its parameter together are refused, whichever comes first', async () => {
    for (const text of [
      '{"peer":"a","message":"m","text":"t"}',
      '{"peer":"a","text":"t","message":"m"}',
      '{"chat_id":"b","peer":"a","message":"m"}',
    ]) {
      const one = rig();
      const error = await refusal(send(one, JSON.parse(text) as object));
      expect(error.message).toMatch(/two names of/);
      expect(one.sent).toHaveLength(0);
    }
  });
});

describe('random ids', () => {
  it('are as many as what they are for, and differ', async () => {
    const one = rig();
    const id = [1, 2, 3, 4, 5];
    const forward = { fromPeer: 'a', toPeer: 'b', id };
    await one.loose['messages']!['forwardMessages']!(forward);
    await one.loose['messages']!['forwardMessages']!(forward);
    const ids = one.sent.flatMap(
      (request) => (request as unknown as { randomId: bigint[] }).randomId,
    );
    expect(ids).toHaveLength(10);
    expect(new Set(ids).size).toBe(10);
    const before = one.sent.length;
    for (let i = 0; i < 4; i++) await send(one, { peer: 'a', message: 'b' });
    const single = one.sent
      .slice(before)
      .map((r) => (r as unknown as { randomId: bigint }).randomId);
    expect(new Set(single).size).toBe(4);
  });
});
