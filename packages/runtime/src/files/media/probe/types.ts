/** What a file tells of itself. */
export interface Probed {
  /** Pixels, as it is shown: a video that is to be turned has been turned. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Seconds. */
  readonly duration?: number | undefined;
  /** Of sound in Ogg: only Opus makes a voice message. */
  readonly codec?: 'opus' | 'vorbis' | undefined;
}

/** The bytes of a file, as far as they can be had. */
export interface ProbeInput {
  /** Bytes that {@link read} can reach. */
  readonly size: number;
  /** Whether that is the whole file. */
  readonly complete: boolean;
  /** Up to `length` bytes from `position` on; fewer at the end, or when more would be too much to ask. */
  read(position: number, length: number): Promise<Uint8Array>;
}
