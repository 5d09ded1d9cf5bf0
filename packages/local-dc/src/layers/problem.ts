/** Something that a layer cannot express. */
export class LayerError extends Error {
  override readonly name = 'LayerError';

  constructor(
    /** The layer that lacks it. */
    readonly layer: number,
    /** What it is about: a TL name, or a TL name and a field. */
    readonly subject: string,
    reason: string,
  ) {
    super(`layer ${layer}: ${subject}: ${reason}`);
  }
}
