import { gzipSync } from 'node:zlib';
import { encode, type TlObject } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import fc from 'fast-check';
import { containerBody, rpcResult } from '../support/session-peer.js';

/** Made with the ids of messages that the other side has sent. */
export type MakeBody = (ids: readonly bigint[]) => Uint8Array;

const words = (list: readonly number[]): Uint8Array =>
  new Uint8Array(Uint32Array.from(list).buffer);

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

/** Any id, but often one that means something. */
const id: fc.Arbitrary<(ids: readonly bigint[]) => bigint> = fc.tuple(fc.nat(8), long).map(
  ([at, other]) =>
    (ids) =>
      ids[at] ?? other,
);

const ids = fc.array(id, { maxLength: 6 });
const info = fc.uint8Array({ maxLength: 8 });

/** Service messages of either side, well-formed, with any content. */
const service: fc.Arbitrary<(known: readonly bigint[]) => TlObject> = fc
  .record({ a: id, b: id, list: ids, n: int, m: int, x: long, info, kind: fc.nat(21) })
  .map(({ a, b, list, n, m, x, info: states, kind }) => (known) => {
    const one = a(known);
    const other = b(known);
    const all = list.map((make) => make(known));
    const makers: readonly (() => TlObject)[] = [
      () => new tl.MsgsAck({ msgIds: all }),
      () => new tl.BadMsgNotification({ badMsgId: one, badMsgSeqno: n, errorCode: m % 70 }),
      () =>
        new tl.BadServerSalt({ badMsgId: one, badMsgSeqno: n, errorCode: 48, newServerSalt: x }),
      () => new tl.NewSessionCreated({ firstMsgId: one, uniqueId: other, serverSalt: x }),
      () =>
        new tl.FutureSalts({
          reqMsgId: one,
          now: n,
          salts: all.map((salt) => new tl.FutureSalt({ validSince: n, validUntil: m, salt })),
        }),
      () => new tl.Pong({ msgId: one, pingId: x }),
      () => new tl.MsgsStateInfo({ reqMsgId: one, info: states }),
      () => new tl.MsgsAllInfo({ msgIds: all, info: states }),
      () => new tl.MsgDetailedInfo({ msgId: one, answerMsgId: other, bytes: n, status: m }),
      () => new tl.MsgNewDetailedInfo({ answerMsgId: other, bytes: n, status: m }),
      () => new tl.MsgsStateReq({ msgIds: all }),
      () => new tl.MsgResendReq({ msgIds: all }),
      () => new tl.MsgResendAnsReq({ msgIds: all }),
      () => new tl.DestroySessionOk({ sessionId: one }),
      () => new tl.DestroySessionNone({ sessionId: one }),
      () => new tl.RpcAnswerDropped({ msgId: one, seqNo: n, bytes: m }),
      () => new tl.PingRequest({ pingId: x }),
      () => new tl.PingDelayDisconnectRequest({ pingId: x, disconnectDelay: n }),
      () => new tl.GetFutureSaltsRequest({ num: n }),
      () => new tl.RpcDropAnswerRequest({ reqMsgId: one }),
      () => new tl.DestroySessionRequest({ sessionId: x }),
      () => new tl.HttpWait({ maxDelay: n, waitAfter: m, maxWait: n }),
    ];
    return (makers[kind] as () => TlObject)();
  });

/** Constructors without anything behind them that fits. */
const IDS = [
  tl.MsgContainer.id,
  tl.GzipPacked.id,
  tl.RpcResult.id,
  tl.MsgCopy.id,
  tl.RpcError.id,
  tl.FutureSalts.id,
  tl.MsgsAck.id,
  tl.MsgsStateInfo.id,
  0xcb9f372d,
  0xda9b0d0d,
  0xcdd42a05,
];

const gzip = (body: Uint8Array): Uint8Array =>
  encode(new tl.GzipPacked({ packedData: new Uint8Array(gzipSync(body)) }));

const message = fc.record({
  /** Added to an id that would be right. */
  shift: fc.oneof(fc.constantFrom(0n, 1n, 2n, 3n, -4n, 1n << 32n, -(1n << 40n)), long),
  seqNo: fc.oneof(fc.nat(20), int),
});

/** Bodies that a hostile side may put under the right key: garbage, half garbage, and truth in wrong places. */
export const bodies = fc.letrec<{ body: MakeBody }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.uint8Array({ maxLength: 64 }).map(
      (raw): MakeBody =>
        () =>
          raw.slice(0, raw.length & ~3),
    ),
    fc.tuple(fc.constantFrom(...IDS), fc.array(fc.nat(0xffff_ffff), { maxLength: 12 })).map(
      ([first, rest]): MakeBody =>
        () =>
          words([first, ...rest]),
    ),
    service.map(
      (make): MakeBody =>
        (known) =>
          encode(make(known)),
    ),
    fc
      .tuple(service, fc.nat(), fc.nat(255), fc.boolean())
      .map(([make, at, value, cut]): MakeBody => (known) => {
        const bytes = encode(make(known)).slice();
        bytes[at % bytes.length] = value;
        return cut ? bytes.subarray(0, (at % bytes.length) & ~3) : bytes;
      }),
    fc.tuple(id, tie('body')).map(
      ([of, inner]): MakeBody =>
        (known) =>
          rpcResult(of(known), inner(known)),
    ),
    fc.tuple(id, int, fc.string({ maxLength: 20 })).map(
      ([of, errorCode, errorMessage]): MakeBody =>
        (known) =>
          rpcResult(of(known), encode(new tl.RpcError({ errorCode, errorMessage }))),
    ),
    tie('body').map(
      (inner): MakeBody =>
        (known) =>
          gzip(inner(known)),
    ),
    fc.tuple(tie('body'), fc.nat(), fc.nat(255)).map(([inner, at, value]): MakeBody => (known) => {
      const packed = gzip(inner(known)).slice();
      packed[8 + (at % (packed.length - 8))] = value;
      return packed;
    }),
    fc
      .tuple(fc.array(fc.tuple(message, tie('body')), { maxLength: 5 }), fc.nat(99), fc.nat(1100))
      .map(([inner, spoil, count]): MakeBody => (known) => {
        const right = (known[0] ?? 0n) + 1n;
        const all = inner.map(([{ shift, seqNo }, make], i) => ({
          msgId: BigInt.asIntN(64, right + 4n * BigInt(i) + shift),
          seqNo,
          body: make(known),
        }));
        const bytes = containerBody(all);
        const view = new DataView(bytes.buffer);
        if (spoil < 10) view.setUint32(4, count, true);
        if (spoil >= 90 && bytes.length > 24) view.setInt32(20, count - 500, true);
        return bytes;
      }),
  ),
})).body;
