/** Constructor id of a serialized object, unsigned; 0 when it has none. */
export function constructorOf(body: Uint8Array): number {
  if (body.length < 4) return 0;
  return new DataView(body.buffer, body.byteOffset, 4).getUint32(0, true);
}
