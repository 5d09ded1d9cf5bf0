import { randomFillSync } from 'node:crypto';

/** A call of the system's source costs more than sealing a small packet, so small draws come from a stock. */
const STOCK = 4096;
const SMALL = 256;

const stock = new Uint8Array(STOCK);
let next = STOCK;

/** Bytes of Node's cryptographic source. Bytes of the stock are erased as they are handed out. */
export function nodeRandomBytes(size: number): Uint8Array {
  if (size > SMALL) return randomFillSync(new Uint8Array(size));
  if (next + size > STOCK) {
    randomFillSync(stock);
    next = 0;
  }
  const bytes = stock.slice(next, next + size);
  stock.fill(0, next, next + size);
  next += size;
  return bytes;
}
