import { gunzipSync, gzipSync } from 'node:zlib';
import { decode } from '@tlgen/codec';
import { GzipPacked } from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { describe, expect, it } from 'vitest';
import { SeqNo } from '../../../../packages/runtime/src/session/seqno.js';
import { answer, request, Rig } from './rig.js';

const PREFIX = new Uint8Array(Uint32Array.of(0xda9b0d0d, 1, 2).buffer);

describe('numbers', () => {
  it('msg/seqno: content is odd, service and containers even; only content counts', () => {
    const seqNo = new SeqNo();
    const kinds = [false, true, true, false, false, true];
    expect(kinds.map((content) => seqNo.next(content))).toEqual([0, 1, 3, 4, 4, 5]);
  });

  it('msg/seqno: calls are odd, acknowledgements and the container even', () => {
    const rig = new Rig().start();
    rig.say(rig.peer.message(answer(1)));
    rig.call(1);
    rig.call(2);
    const [packet] = rig.flush();
    const [one, two, acks] = packet!.messages.map(({ seqNo }) => seqNo);
    expect(one! % 2).toBe(1);
    expect(two).toBe(one! + 2);
    expect(acks).toBe(two! + 1);
    expect(packet!.packet.seqNo).toBe(acks);
  });

  it('msg/id-generator: ids in a packet rise, that of the container is the highest', () => {
    const rig = new Rig().start();
    for (let i = 0; i < 20; i++) rig.call(i);
    const [packet] = rig.flush();
    const ids = [...packet!.messages, packet!.packet].map(({ msgId }) => msgId);
    expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(ids).size).toBe(21);
    expect(ids.every((id) => id % 4n === 0n)).toBe(true);
  });
});

describe('msg/container-limits', () => {
  it('msg/container-limits: at most 1020 messages go in one packet, in order', () => {
    const rig = new Rig().start();
    const calls = Array.from({ length: 2100 }, (_, i) => rig.call(i & 0xff));
    rig.say(rig.peer.message(answer(1)));
    const packets = rig.flush();
    expect(packets.map(({ messages }) => messages.length)).toEqual([1020, 1019, 62]);
    const all = packets.flatMap(({ messages }) => messages);
    const bodies = all.filter((one) => rig.decoded(one) === null).map(({ body }) => body[0]);
    expect(bodies).toEqual(calls.map((_, i) => i & 0xff));
  });

  it('msg/container-limits: a packet of calls stays small; a large call goes alone', () => {
    const rig = new Rig().start();
    for (const words of [4000, 4000, 4000, 4000, 4000, 100_000, 4]) {
      rig.engine.call({ body: request(1, words) }, rig.now);
    }
    const packets = rig.flush();
    expect(packets.map(({ messages }) => messages.length)).toEqual([4, 1, 1, 1]);
    const sizes = packets.map(({ packet }) => packet.body.length);
    expect(sizes.map((size) => size <= 65_544)).toEqual([true, true, false, true]);
    expect(packets.map(({ contained }) => contained)).toEqual([true, false, false, false]);
  });
});

describe('gramjs 21: compression', () => {
  const unpacked = (body: Uint8Array): Uint8Array =>
    new Uint8Array(gunzipSync((decode(body, registry) as GzipPacked).packedData));

  it('gramjs 21: long bodies go compressed, with all that is around them', () => {
    const rig = new Rig({ gzip: gzipSync, prefix: () => PREFIX }).start();
    rig.engine.call({ body: request(1, 200) }, rig.now);
    const [sent] = rig.messages();
    expect(sent!.body.length).toBeLessThan(200);
    expect(unpacked(sent!.body)).toEqual(new Uint8Array([...PREFIX, ...request(1, 200)]));
  });

  it('gramjs 21: short ones, ones that do not get shorter, and ones not to try stay as they are', () => {
    let tried = 0;
    const gzip = (data: Uint8Array): Uint8Array => {
      tried++;
      return gzipSync(data);
    };
    const rig = new Rig({ gzip, gzipAbove: 500 }).start();
    const noise = rig.crypto.randomBytes(504);
    rig.engine.call({ body: request(1, 125) }, rig.now);
    rig.engine.call({ body: noise }, rig.now);
    rig.engine.call({ body: request(2, 1000), compress: false }, rig.now);
    expect(rig.requests().map(({ body }) => body)).toEqual([
      request(1, 125),
      noise,
      request(2, 1000),
    ]);
    expect(tried).toBe(1);
    const never = new Rig({ gzip, gzipAbove: -1 }).start();
    never.engine.call({ body: request(1, 1000) }, never.now);
    expect(never.requests()).toHaveLength(1);
  });

  it('of a part of a file only a piece is tried; a long text is compressed as a whole', () => {
    const tried: number[] = [];
    const gzip = (data: Uint8Array): Uint8Array => {
      tried.push(data.length);
      return gzipSync(data);
    };
    const rig = new Rig({ gzip }).start();
    const noise = rig.crypto.randomBytes(100_000);
    rig.engine.call({ body: noise }, rig.now);
    expect(rig.requests().map(({ body }) => body)).toEqual([noise]);
    expect(tried).toEqual([1024]);
    const text = request(3, 25_000);
    rig.engine.call({ body: text }, rig.now);
    const [sent] = rig.messages();
    expect(unpacked(sent!.body)).toEqual(text);
    expect(tried).toEqual([1024, 1024, text.length]);
  });

  it('gramjs 21: results and updates are handed out unpacked', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    const packed = new GzipPacked({ packedData: gzipSync(answer(5)) });
    rig.say(rig.peer.result(sent!.msgId, packed));
    rig.say(rig.peer.message(packed));
    const told = rig.newEvents();
    expect(told[0]).toMatchObject({ type: 'result', call });
    expect(told[1]).toMatchObject({ type: 'update' });
    for (const event of told)
      expect('body' in event && new Uint8Array(event.body)).toEqual(answer(5));
  });
});

describe('invokeWithLayer and initConnection', () => {
  const wrapped = (number: number): Uint8Array => new Uint8Array([...PREFIX, ...request(number)]);

  it('go before every call until one is answered', () => {
    const rig = new Rig({ prefix: () => PREFIX }).start();
    rig.call(1);
    const [one] = rig.messages();
    rig.call(2);
    const [two] = rig.messages();
    expect([one!.body, two!.body]).toEqual([wrapped(1), wrapped(2)]);
    rig.say(rig.peer.error(one!.msgId, 400, 'BAD'));
    rig.call(3);
    expect(rig.messages()[0]!.body).toEqual(request(3));
  });

  it.each(['CONNECTION_NOT_INITED', 'CONNECTION_LAYER_INVALID'])(
    'go before the call again after %s, but not for ever',
    (message) => {
      const rig = new Rig({ prefix: () => PREFIX }).start();
      rig.call(1);
      rig.say(rig.peer.result(rig.messages()[0]!.msgId, answer(1)));
      const call = rig.call(2);
      const [plain] = rig.messages();
      expect(plain!.body).toEqual(request(2));
      rig.newEvents();
      rig.say(rig.peer.error(plain!.msgId, 400, message));
      let sent = 0;
      for (let [one] = rig.messages(); one; [one] = rig.messages()) {
        expect(one.body).toEqual(wrapped(2));
        sent++;
        if (sent > 20) throw new Error('for ever');
        rig.say(rig.peer.error(one.msgId, 400, message));
      }
      expect(sent).toBe(5);
      expect(rig.newEvents()).toEqual([{ type: 'error', call, code: 400, message }]);
    },
  );

  it('go again after the server began the session anew', async () => {
    const { NewSessionCreated } = await import('@tlgen/mtproto');
    const rig = new Rig({ prefix: () => PREFIX }).start();
    rig.call(1);
    rig.say(rig.peer.result(rig.messages()[0]!.msgId, answer(1)));
    const created = new NewSessionCreated({ firstMsgId: 4n, uniqueId: 2n, serverSalt: 0n });
    rig.say(rig.peer.message(created, { answer: true, content: false }));
    rig.call(2);
    expect(rig.messages()[0]!.body).toEqual(wrapped(2));
  });
});
