// Errors of calls: narrowed by the method.
import { TlgenError } from '@tlgen/codec';
import {
  isRpcError,
  PeerError,
  RpcError,
  SignInError,
  StorageError,
  TransportError,
  type PeerErrorCode,
  type SignInErrorCode,
  type StorageErrorCode,
} from '@tlgen/runtime';
import { channels, messages } from '@tlgen/telegram';

/** Fails to compile unless both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | undefined => undefined;

export function ofMethod(error: unknown): number | null {
  // @ts-expect-error it may be anything
  void error.code;
  if (!isRpcError(error, messages.SendMessageRequest)) return null;
  switch (error.code) {
    case 'PEER_ID_INVALID':
    case 'MESSAGE_TOO_LONG':
      return null;
    // Any method may answer so.
    case 'FLOOD_WAIT':
    case 'SLOWMODE_WAIT':
      return error.seconds;
    // @ts-expect-error no method answers so
    case 'PEER_ID_INVALIDD':
      return null;
    // @ts-expect-error that method answers otherwise: PHONE_CODE_INVALID belongs to another
    case 'PHONE_CODE_INVALID':
      return null;
    default:
      // The number is no part of the code.
      yes<Same<Extract<typeof error.code, `${string}%d${string}`>, never>>();
      return error.value;
  }
}

export function ofAny(error: unknown): string {
  if (isRpcError(error)) {
    yes<Same<typeof error, RpcError>>();
    yes<Same<typeof error.code, string>>();
    yes<Same<typeof error.number, number>>();
    yes<Same<typeof error.dc, number | null>>();
    return error.method;
  }
  // @ts-expect-error a constructor's class is no method's
  isRpcError(error, messages.Dialogs);
  if (isRpcError(error, channels.JoinChannelRequest) && error.code === 'CHANNEL_PRIVATE')
    return error.raw;
  if (error instanceof PeerError) yes<Same<typeof error.code, PeerErrorCode>>();
  if (error instanceof StorageError) yes<Same<typeof error.code, StorageErrorCode>>();
  if (error instanceof SignInError) yes<Same<typeof error.code, SignInErrorCode>>();
  if (error instanceof TransportError && error.code === 'proxy') return error.message;
  if (error instanceof TlgenError) return error.code;
  return '';
}
