/** What a process that moves one large file is told. */
export interface LargePlan {
  readonly what:
    | 'upload'
    | 'upload-unknown'
    | 'upload-encrypted'
    | 'download-chunks'
    | 'download-file'
    | 'download-stream'
    | 'download-encrypted';
  readonly dc: object;
  readonly phone: string;
  /** Bytes. */
  readonly size: number;
  readonly parallel: number;
  /** Who it goes to, or comes from. */
  readonly peer: string;
  /** Where it is saved. */
  readonly path: string;
  readonly encrypted: EncryptedPlan | null;
}

/** What the receiver of an encrypted file knows. */
export interface EncryptedPlan {
  readonly id: string;
  readonly accessHash: string;
  readonly size: string;
  readonly dcId: number;
  readonly keyFingerprint: number;
  readonly key: string;
  readonly iv: string;
}

/** What it says at its end. */
export interface LargeOutcome {
  /** SHA-256 of what was downloaded. */
  readonly hash: string;
  /** Of an encrypted upload: what has to be sent, as JSON. */
  readonly uploaded: { id: string; parts: number; keyFingerprint: number; key: string; iv: string };
  /** MiB over what the process had when it was signed in. */
  readonly peak: number;
  /** Most parts that had been asked for and not been read. */
  readonly ahead: number;
  /** Requests for parts. */
  readonly parts: number;
}
