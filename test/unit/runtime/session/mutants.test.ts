import { MsgsAck, NewSessionCreated } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { sealMessageWithToken } from '../../../../packages/runtime/src/crypto/index.js';
import { HandshakeError } from '../../../../packages/runtime/src/session/errors.js';
import { Pair, thrownBy } from './handshake/support.js';
import { answer, Rig } from './rig.js';

// Rules that no other test noticed the breaking of: see test/mutants/named.
describe('rules that are easily broken', () => {
  it('five retries of a key exchange are the most, even when the next one would do', () => {
    const after = (retries: number): Pair =>
      new Pair({ hooks: { verdict: (attempt) => (attempt < retries ? 'retry' : 'ok') } });
    expect(after(5).run().type).toBe('done');
    const error = thrownBy(() => after(6).run());
    expect(error).toBeInstanceOf(HandshakeError);
    expect((error as HandshakeError).code).toBe('retries');
  });

  it('an answered call is not asked about any more, also over the next connection', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    rig.say(rig.peer.result(sent!.msgId, answer(1)));
    expect(rig.told()).toEqual([`result ${call}`]);
    rig.wait(11_000);
    expect(rig.service('msgs_state_req')).toEqual([]);
    rig.cut();
    rig.connect();
    expect(rig.service('msgs_state_req')).toEqual([]);
  });

  it('tokens of quick acknowledgements have their highest bit set, whatever the hash', () => {
    const { crypto, key } = new Rig();
    for (let i = 0n; i < 32n; i++) {
      const message = { salt: i, sessionId: 1n, msgId: 4n, seqNo: 1, body: answer(1) };
      const { token } = sealMessageWithToken(crypto, key, 'client', message);
      expect(token).toBeGreaterThanOrEqual(2 ** 31);
    }
  });

  const created = (firstMsgId: bigint, uniqueId = 5n): NewSessionCreated =>
    new NewSessionCreated({ firstMsgId, uniqueId, serverSalt: 0n });

  it('new_session_created: a container that arrived is not lost, though the ids in it are lower', () => {
    for (const rig of [new Rig(), new Rig().start()]) {
      if (rig.peer.sessionId === 0n) rig.connect();
      const calls = [rig.call(1), rig.call(2)];
      const [packet] = rig.flush();
      rig.say(rig.peer.message(created(packet!.packet.msgId), { answer: true }));
      expect(rig.told().filter((one) => one.startsWith('lost'))).toEqual([]);
      expect(rig.requests()).toEqual([]);
      const own = packet!.messages.filter((message) => rig.decoded(message) === null);
      for (const { msgId } of own) rig.say(rig.peer.result(msgId, answer(1)));
      expect(rig.told()).toEqual(calls.map((call) => `result ${call}`));
    }
  });

  it('new_session_created: in the beginning only what the server has acknowledged may have run', () => {
    const rig = new Rig();
    rig.connect();
    const calls = [rig.call(1), rig.call(2)];
    const sent = rig.requests();
    const ack = new MsgsAck({ msgIds: [sent[0]!.msgId] });
    rig.say(rig.peer.message(ack, { content: false }));
    rig.time += 10;
    rig.call(3);
    const [later] = rig.requests();
    rig.told();
    rig.say(rig.peer.message(created(later!.msgId), { answer: true }));
    expect(rig.told().filter((one) => one.startsWith('lost'))).toEqual([`lost ${calls[0]}`]);
    expect(rig.requests().map(({ body }) => body)).toEqual([sent[1]!.body]);
  });

  it('new_session_created: a session that was there may have run everything', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    rig.requests();
    rig.time += 10;
    rig.call(2);
    const [later] = rig.requests();
    rig.say(rig.peer.message(created(later!.msgId), { answer: true }));
    expect(rig.told()).toContain(`lost ${call}`);
    expect(rig.requests()).toEqual([]);
  });
});
