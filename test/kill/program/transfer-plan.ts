/** What a life that moves a file is told. */
export interface TransferPlan {
  readonly what: 'download' | 'upload' | 'download-encrypted' | 'upload-encrypted';
  readonly dc: object;
  readonly storage: string;
  readonly phone: string;
  /** Who the file comes from, or goes to. */
  readonly peer: string;
  /** Of the file. */
  readonly path: string;
  readonly encrypted?:
    | {
        readonly file: {
          readonly id: string;
          readonly accessHash: string;
          readonly size: string;
          readonly dcId: number;
          readonly keyFingerprint: number;
        };
        readonly key: string;
        readonly iv: string;
        readonly size: number;
      }
    | undefined;
}
