import { Registry } from '@tlgen/codec';
import * as mtproto from '@tlgen/mtproto';

/** What a server may send besides results and updates. */
export type ServiceMessage =
  | mtproto.TypeMsgsAck
  | mtproto.TypeBadMsgNotification
  | mtproto.TypeNewSession
  | mtproto.TypeFutureSalts
  | mtproto.TypePong
  | mtproto.TypeMsgsStateInfo
  | mtproto.TypeMsgsAllInfo
  | mtproto.TypeMsgDetailedInfo
  | mtproto.TypeMsgsStateReq
  | mtproto.TypeMsgResendReq
  | mtproto.TypeDestroySessionRes
  | mtproto.TypeRpcDropAnswer;

/** Decodes {@link ServiceMessage}s. */
export const serviceRegistry = /* @__PURE__ */ new Registry()
  .add('MsgsAck', [mtproto.MsgsAck])
  .add('BadMsgNotification', [mtproto.BadMsgNotification, mtproto.BadServerSalt])
  .add('NewSession', [mtproto.NewSessionCreated])
  .add('FutureSalts', [mtproto.FutureSalts])
  .add('FutureSalt', [mtproto.FutureSalt])
  .add('Pong', [mtproto.Pong])
  .add('MsgsStateInfo', [mtproto.MsgsStateInfo])
  .add('MsgsAllInfo', [mtproto.MsgsAllInfo])
  .add('MsgDetailedInfo', [mtproto.MsgDetailedInfo, mtproto.MsgNewDetailedInfo])
  .add('MsgsStateReq', [mtproto.MsgsStateReq])
  .add('MsgResendReq', [mtproto.MsgResendReq, mtproto.MsgResendAnsReq])
  .add('DestroySessionRes', [mtproto.DestroySessionOk, mtproto.DestroySessionNone])
  .add('RpcDropAnswer', [
    mtproto.RpcAnswerUnknown,
    mtproto.RpcAnswerDroppedRunning,
    mtproto.RpcAnswerDropped,
  ]);

/** Decodes `rpc_error`. */
export const errorRegistry = /* @__PURE__ */ new Registry().add('RpcError', [mtproto.RpcError]);
