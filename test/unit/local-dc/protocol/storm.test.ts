import { encode } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { FaultBoard } from '../../../../packages/local-dc/src/faults/index.js';
import { Random } from '../../../support/random.js';
import { request, server, TestClient } from './support.js';

interface Waiting {
  msgId: bigint;
  seqNo: number;
  readonly body: Uint8Array;
}

/** The least that a client does in a network that loses things: sends again, renumbers what was refused. */
class Stubborn extends TestClient {
  readonly waiting = new Map<number, Waiting>();
  readonly answered: number[] = [];
  readonly #containers = new Map<bigint, bigint[]>();

  ask(value: number): void {
    const { msgId, seqNo, body } = this.inner(request(value));
    this.waiting.set(value, { msgId, seqNo, body });
  }

  /** Sends everything that has no answer; reacts to what has come. */
  turn(): void {
    this.#read();
    if (this.connection.closed) this.connect();
    const all = [...this.waiting.values()];
    if (all.length === 0) return;
    const container = this.container(all.map((one) => ({ ...one })));
    this.#containers.set(
      container,
      all.map((one) => one.msgId),
    );
    this.#read();
  }

  #read(): void {
    const acks = this.got.filter((one) => one.seqNo % 2 !== 0).map((one) => one.msgId);
    for (const one of this.take()) {
      if (one._ === 'bad_server_salt' || one._ === 'bad_msg_notification') {
        const { badMsgId } = one as tl.BadServerSalt;
        if (one instanceof tl.BadServerSalt) this.salt = one.newServerSalt;
        this.#renumber(this.#containers.get(badMsgId) ?? [badMsgId]);
      } else if (one._ === 'result' && 'msgId' in one) {
        for (const [value, { msgId }] of this.waiting) {
          if (msgId !== one.msgId) continue;
          this.waiting.delete(value);
          this.answered.push(value);
        }
      }
    }
    if (acks.length === 0 || this.connection.closed) return;
    this.send(encode(new tl.MsgsAck({ msgIds: acks })), { content: false });
  }

  #renumber(ids: bigint[]): void {
    for (const one of this.waiting.values()) {
      if (!ids.includes(one.msgId)) continue;
      one.msgId = this.nextId();
      one.seqNo = this.nextSeqNo(true);
    }
  }
}

function run(seed: number) {
  const random = new Random(seed);
  const draw = (): number => random.below(1 << 20) / (1 << 20);
  const faults = new FaultBoard(draw);
  const at = server({ faults, saltLifetime: 30, resendAfter: 2000 });
  const client = new Stubborn(at);
  const probability = 0.12;
  for (const on of ['incoming', 'outgoing'] as const) {
    faults.add({ kind: 'drop', on, probability });
    faults.add({ kind: 'duplicate', on, probability });
    faults.add({ kind: 'delay', on, probability, ms: [1, 1500] });
    faults.add({ kind: 'reorder', on, probability });
    faults.add({ kind: 'cut', on, probability: 0.04, when: draw() < 0.5 ? 'before' : 'after' });
  }
  faults.add({ kind: 'bad-salt', probability: 0.05 });
  faults.add({ kind: 'bad-msg', code: 16, probability: 0.03 });
  faults.add({ kind: 'drop-answer', probability: 0.1 });
  let asked = 0;
  for (let i = 0; i < 60 || client.waiting.size > 0; i++) {
    if (i === 200) faults.clear();
    if (i > 300) break;
    if (i < 60 && draw() < 0.6) client.ask(++asked);
    client.turn();
    at.pass(1000);
  }
  const counts = new Map<number, number>();
  for (const value of at.ran) counts.set(value, (counts.get(value) ?? 0) + 1);
  return {
    left: client.waiting.size,
    twice: [...counts].filter(([, count]) => count > 1).map(([value]) => value),
    never: Array.from({ length: asked }, (_, i) => i + 1).filter((value) => !counts.has(value)),
    refusals: at.core.refusals.list.map((one) => one.kind),
    trace: at.ran.join(),
  };
}

describe('a client that only sends again, through every fault at once', () => {
  it('every request runs exactly once and is answered, whatever the seed', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { left, twice, never, refusals } = run(seed);
      expect({ seed, left, twice, never }).toEqual({ seed, left: 0, twice: [], never: [] });
      // Salts expire on their own; nothing else is the client's fault.
      expect(refusals.filter((kind) => kind !== 'bad-salt')).toEqual([]);
    }
  });

  it('a seed replays exactly', () => {
    expect(run(7)).toEqual(run(7));
  });
});
