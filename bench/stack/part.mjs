import { Random } from '../random.mjs';

/** Bytes of one part of a file; they do not compress. */
export const PART = new Random(5).bytes(512 * 1024);
