import { BadMsgNotification, MsgsAck, NewSessionCreated } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { REPEATED_TOO_OFTEN } from '../../../../packages/runtime/src/session/limits.js';
import { answer, Rig } from './rig.js';

const quiet = { answer: true, content: false };
let session = 2n;

/** Takes what is sent; the server says that it has that, then forgets the session. How many requests it was. */
function forget(rig: Rig): number {
  const sent = rig.requests();
  const msgIds = sent.map(({ msgId }) => msgId);
  rig.say(rig.peer.message(new MsgsAck({ msgIds }), quiet));
  // Half a second later: an id of a container around them counts, too.
  const firstMsgId = (msgIds.at(-1) ?? 0n) + (1n << 31n);
  const news = new NewSessionCreated({ firstMsgId, uniqueId: session++, serverSalt: 0n });
  rig.say(rig.peer.message(news, { answer: true }));
  rig.wait(1_000);
  return sent.length;
}

describe('repetitions: a repeatable call that the server forgets each time', () => {
  it.each([1, 2, 5])('is sent %i times in all, then it is lost', (repetitions) => {
    const rig = new Rig({ repetitions }).start();
    const call = rig.call(1, { repeatable: true });
    let sent = 0;
    for (let round = 0; round < 8; round++) sent += forget(rig);
    expect(sent).toBe(repetitions);
    expect(rig.newEvents().filter(({ type }) => type === 'lost')).toEqual([
      { type: 'lost', call, mayHaveRun: true, reason: REPEATED_TOO_OFTEN },
    ]);
    expect(rig.engine.pendingCalls).toBe(0);
  });

  it('is sent as often as it takes when nothing is said', () => {
    const rig = new Rig().start();
    const call = rig.call(1, { repeatable: true });
    for (let round = 0; round < 20; round++) expect(forget(rig)).toBe(1);
    const [sent] = rig.requests();
    rig.say(rig.peer.result(sent!.msgId, answer(1)));
    expect(rig.told().filter((one) => one.endsWith(` ${call}`))).toContain(`result ${call}`);
  });

  it('counts neither messages that were refused nor those of other calls', () => {
    const rig = new Rig({ repetitions: 2 }).start();
    rig.call(1, { repeatable: true });
    for (let round = 0; round < 3; round++) {
      const [sent, ...more] = rig.requests();
      expect(more).toEqual([]);
      const refused = { badMsgId: sent!.msgId, badMsgSeqno: sent!.seqNo, errorCode: 20 };
      rig.say(rig.peer.message(new BadMsgNotification(refused), quiet));
      rig.wait(1_000);
    }
    expect(forget(rig)).toBe(1);
    rig.call(2, { repeatable: true });
    expect(forget(rig)).toBe(2);
    expect(rig.requests().map(({ body }) => body[0])).toEqual([2]);
  });

  it('one that is not repeatable is lost at once, for the reason there is', () => {
    const rig = new Rig({ repetitions: 5 }).start();
    const call = rig.call(1);
    forget(rig);
    expect(rig.newEvents()).toContainEqual({
      type: 'lost',
      call,
      mayHaveRun: true,
      reason: 'the server lost the session',
    });
  });
});
