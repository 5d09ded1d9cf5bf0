import { describe, expect, it } from 'vitest';
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
});
