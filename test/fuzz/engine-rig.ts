import { encode, TlError } from '@tlgen/codec';
import { BadMsgNotification, PingDelayDisconnectRequest, Pong } from '@tlgen/mtproto';
import { expect } from 'vitest';
import { CryptoError, SecurityError } from '../../packages/runtime/src/crypto/index.js';
import { HandshakeError, messageIdTime } from '../../packages/runtime/src/session/index.js';
import type { EngineEvent, EngineOptions } from '../../packages/runtime/src/session/index.js';
import { BIND, BOOL_TRUE, PfsRig, type Seen } from '../unit/runtime/session/pfs-rig.js';
import { answer, START } from '../unit/runtime/session/rig.js';
import { idOf, type PeerMessage } from '../support/session-peer.js';

const TYPED = [SecurityError, HandshakeError, TlError, CryptoError];

/** A client between two servers: one that does as it likes, and one that does as it should. */
export class FuzzRig extends PfsRig {
  /** Ids of the client's last messages, the latest first. */
  ids: bigint[] = [];

  constructor(options: Partial<EngineOptions> = {}) {
    super({ tempKeyTtl: 86_400, ...options });
  }

  override newEvents(): EngineEvent[] {
    const events = super.newEvents();
    for (const event of events) {
      if (event.type === 'refused') {
        expect(
          TYPED.some((kind) => event.error instanceof kind),
          `${event.error.stack}`,
        ).toBe(true);
      }
    }
    return events;
  }

  /** What the client sends; nobody answers. */
  silent(): Seen[] {
    const seen = this.flush();
    for (const { messages } of seen) this.ids.unshift(...messages.map(({ msgId }) => msgId));
    this.ids = this.ids.slice(0, 9);
    return seen;
  }

  /** The honest server takes over: a call has to be answered within so many rounds. */
  recover(rounds = 40): void {
    const call = this.call(1, { repeatable: true });
    this.reconnect();
    for (let i = 0; i < rounds; i++) {
      for (const seen of this.flush()) this.#answer(seen);
      const events = this.newEvents();
      if (events.some((event) => event.type === 'result' && event.call === call)) return;
      if (events.some(({ type }) => type === 'reconnect')) this.reconnect();
      this.wait(2_500);
    }
    throw new Error('the client does not come back to its senses');
  }

  #answer({ peer, messages, packet }: Seen): void {
    const say = (message: PeerMessage): void => this.engine.receive(peer.seal(message), this.now);
    const age = START + this.time - messageIdTime(packet.msgId);
    if (age > 300_000 || age < -30_000) {
      const { msgId: badMsgId, seqNo: badMsgSeqno } = packet;
      const errorCode = age > 0 ? 16 : 17;
      const notice = new BadMsgNotification({ badMsgId, badMsgSeqno, errorCode });
      return say(peer.message(notice, { answer: true, content: false }));
    }
    for (const { msgId, body } of messages) {
      if (idOf(body) === BIND) say(peer.result(msgId, BOOL_TRUE));
      if (idOf(body) >>> 8 === 0x5eed00) say(peer.result(msgId, answer(1)));
      if (idOf(body) !== PingDelayDisconnectRequest.id) continue;
      const pingId = new DataView(body.buffer, body.byteOffset).getBigInt64(4, true);
      say(peer.message(encode(new Pong({ msgId, pingId })), { answer: true, content: false }));
    }
  }
}
