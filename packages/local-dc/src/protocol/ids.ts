import { base } from '@tlgen/mtproto';

export const MSG_CONTAINER = base.MsgContainer.id;
export const GZIP_PACKED = base.GzipPacked.id;
export const RPC_RESULT = base.RpcResult.id;

/** Wrappers and methods of the API that the protocol itself has to know; the same since their first layer. */
export const INVOKE_AFTER_MSG = 0xcb9f372d;
export const INVOKE_AFTER_MSGS = 0x3dc4b4f0;
export const BIND_TEMP_AUTH_KEY = 0xcdd42a05;
