import { toHex } from '../../crypto/bytes.js';
import type { OpenedSource } from '../source/types.js';
import type { FloodedCalls } from '../flooded-calls.js';
import type { FilesContext } from '../types.js';
import { PART_SIZE } from './limits.js';
import type { Meter } from './meter.js';
import { PartCipher } from './part-cipher.js';
import type { Part, PartReader } from './part-reader.js';
import type { PartWindow } from './part-window.js';
import { savePart } from './save-part.js';
import type { UploadLog } from './upload-log.js';

/** What takes part in one upload. */
export interface Sending {
  readonly context: FilesContext;
  readonly source: OpenedSource;
  readonly reader: PartReader;
  readonly window: PartWindow;
  readonly log: UploadLog;
  readonly meter: Meter;
  readonly calls: FloodedCalls;
}

/**
 * Sends the parts that the server does not have. The next one is read when there is room for it, so a source is never
 * asked for more than is under way.
 *
 * @returns the MD5 of the content, in hexadecimal digits; empty unless the file is small and not encrypted.
 */
export async function sendParts(sending: Sending): Promise<string> {
  const { reader, window, log, meter } = sending;
  const { small, encrypted } = log.record;
  const hash = small && !encrypted ? sending.context.crypto.md5() : null;
  const cipher = cipherOf(sending);
  const mayLeaveOut = leavingOut(sending, cipher);
  for (;;) {
    await window.room();
    while (mayLeaveOut(reader.nextIndex)) {
      const bytes = reader.skip();
      if (bytes === 0) break;
      meter.passed(bytes);
    }
    const part = await reader.next();
    if (!part) break;
    hash?.update(part.bytes);
    log.check(part);
    const isDone = log.isDone(part.index);
    let { bytes } = part;
    if (cipher && part.index >= cipher.start) bytes = await window.orFail(cipher.encrypt(part));
    if (isDone) meter.passed(part.bytes.length);
    else sendPart(sending, part, bytes);
  }
  await window.drained();
  return hash ? toHex(hash.digest()) : '';
}

/** Starts to send; there is room for it. */
function sendPart(sending: Sending, { index, bytes: plain, last }: Part, bytes: Uint8Array): void {
  const { context, source, window, log, meter, calls } = sending;
  const { fileId, small } = log.record;
  const digest = log.digest(plain);
  const { length } = plain;
  let total = last ? index + 1 : -1;
  if (source.size !== undefined) total = Math.ceil(source.size / PART_SIZE);
  window.start(async (signal) => {
    const saved = { fileId, index, bytes, small, total };
    await calls.floods(() => savePart(context, saved, signal));
    // Also when everything has ended meanwhile: the next upload need not send it.
    await log.arrived(index, last, digest);
    signal.throwIfAborted();
    try {
      meter.arrived(length);
    } catch (error) {
      // At once, so that whoever has had enough is told no more.
      window.fail(error);
    }
  });
}

function cipherOf({ context, log }: Sending): PartCipher | null {
  const { key } = log.record;
  const { chain } = log;
  return key && chain && new PartCipher(context, log, key, chain);
}

/** Whether a part need not be read. What a source without a version holds has to be compared with what was sent. */
function leavingOut(
  { source, log }: Sending,
  cipher: PartCipher | null,
): (index: number) => boolean {
  const { seekable, version, size } = source;
  if (!seekable || version === undefined || size === undefined) return () => false;
  if (cipher) return (index) => index < cipher.start;
  // The checksum of a small file takes all of it.
  return log.record.small ? () => false : (index) => log.isDone(index);
}
