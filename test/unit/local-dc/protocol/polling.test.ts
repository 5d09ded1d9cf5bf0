import * as tl from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import type { RpcOutcome } from '../../../../packages/local-dc/src/protocol/index.js';
import { greeted, request, server } from './support.js';

const wait = (maxDelay: number, waitAfter: number, maxWait: number) =>
  new tl.HttpWait({ maxDelay, waitAfter, maxWait });

describe('ws-http/behaviour: connections that are one request', () => {
  it('answer with what the packet brought about, and end', () => {
    const at = server();
    const client = greeted(at);
    client.connection.lost();
    const connection = client.connect({ polling: true });
    client.send(request(1));
    expect(client.names()).toEqual(['result']);
    expect(connection.closed).toBe(true);
    expect(client.packets).toHaveLength(2);
  });

  it('are answered empty at once when there is nothing to say and nothing runs', () => {
    const at = server();
    const client = greeted(at);
    client.connection.lost();
    client.connect({ polling: true });
    client.send(new tl.MsgsAck({ msgIds: [] }), { content: false });
    expect(client.closed).toBe(true);
    expect(client.take()).toEqual([]);
  });

  it('http_wait holds the request until something comes, or max_wait is over', () => {
    const at = server();
    const client = greeted(at);
    client.connection.lost();
    client.connect({ polling: true });
    client.send(wait(0, 0, 3000), { content: false });
    at.pass(2900);
    expect(client.closed).toBe(false);
    at.pass(100);
    expect(client.closed).toBe(true);
    const held = client.connect({ polling: true });
    client.send(wait(0, 0, 3000), { content: false });
    at.pass(1000);
    at.core.push(client.key.id, () => request(5));
    expect(client.take()).toMatchObject([{ body: request(5) }]);
    expect(held.closed).toBe(true);
  });

  it('max_delay and wait_after gather several messages into one response', () => {
    const at = server();
    const client = greeted(at);
    client.connection.lost();
    client.connect({ polling: true });
    client.packets.length = 0;
    at.pass(1000);
    client.send(wait(500, 150, 20_000), { content: false });
    at.core.push(client.key.id, () => request(5));
    at.pass(140);
    expect(client.packets).toHaveLength(0);
    at.core.push(client.key.id, () => request(6));
    at.pass(10);
    expect(client.packets).toHaveLength(1);
    expect(client.take()).toMatchObject([{ body: request(5) }, { body: request(6) }]);
  });

  it('answers the request that brought a call before the one that came to wait', async () => {
    const at = server();
    let end!: (outcome: RpcOutcome) => void;
    at.answers.set(1, new Promise((resolve) => (end = resolve)));
    const client = greeted(at);
    client.connection.lost();
    const waiting = client.connect({ polling: true });
    client.send(wait(0, 0, 20_000), { content: false });
    const calling = client.connect({ polling: true });
    client.send(request(1));
    expect(calling.closed).toBe(false);
    end({ result: request(7) });
    await new Promise((done) => setImmediate(done));
    expect([waiting.closed, calling.closed]).toEqual([false, true]);
    expect(client.names()).toEqual(['result']);
  });

  it('does not let requests pile up', () => {
    const at = server();
    const client = greeted(at);
    client.connection.lost();
    const all = Array.from({ length: 20 }, () => {
      const connection = client.connect({ polling: true });
      client.send(wait(0, 0, 20_000), { content: false });
      return connection;
    });
    expect(all.filter((one) => !one.closed)).toHaveLength(16);
  });

  it('ends with a transport error for an unknown key', () => {
    const at = server();
    const client = greeted(at);
    at.core.destroyKey(client.key.id);
    const connection = client.connect({ polling: true });
    client.send(request(1));
    expect(client.errors).toEqual([-404]);
    expect(connection.closed).toBe(true);
  });
});
