import { TlMethod, type Init, type TlReader, type TlWriter } from '@tlgen/codec';

/**
 * The one API method that the session itself calls. It belongs to every layer; written here because the session knows
 * no API schema.
 *
 * `auth.bindTempAuthKey#cdd42a05 perm_auth_key_id:long nonce:long expires_at:int encrypted_message:bytes = Bool`
 */
export class BindTempAuthKeyRequest extends TlMethod<boolean> {
  static readonly id = 0xcdd42a05;
  static readonly tl = 'auth.bindTempAuthKey';
  declare readonly _: 'auth.bindTempAuthKey';
  readonly permAuthKeyId: bigint;
  readonly nonce: bigint;
  /** Server time in seconds. */
  readonly expiresAt: number;
  readonly encryptedMessage: Uint8Array;

  constructor(init: Init<BindTempAuthKeyRequest>) {
    super();
    this.permAuthKeyId = init.permAuthKeyId;
    this.nonce = init.nonce;
    this.expiresAt = init.expiresAt;
    this.encryptedMessage = init.encryptedMessage;
  }

  $write(w: TlWriter): void {
    w.id(BindTempAuthKeyRequest.id);
    w.long(this.permAuthKeyId);
    w.long(this.nonce);
    w.int(this.expiresAt);
    w.bytes(this.encryptedMessage);
  }

  $result(r: TlReader): boolean {
    return r.bool();
  }
}
