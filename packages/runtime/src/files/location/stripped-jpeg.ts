import { fromBase64 } from '@tlgen/codec';

/**
 * What all stripped thumbnails have in common, in base64: a JPEG's beginning with quantization tables and Huffman codes,
 * as given under "Stripped thumbnails" in https://core.telegram.org/api/files. Height and width are put in.
 */
const HEADER =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqM' +
  'yP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4' +
  '+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAAAAADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcI' +
  'CQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRol' +
  'JicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ip' +
  'qrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAA' +
  'AAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLR' +
  'ChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaX' +
  'mJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEA' +
  'PwA=';

/** Where the low bytes of height and width stand in the header; the high ones are 0. */
const HEIGHT = 164;
const WIDTH = 166;
/** The end mark of a JPEG. */
const FOOTER = [0xff, 0xd9] as const;
/** Version, height, width. */
const STRIPPED_HEADER = 3;
const VERSION = 1;

let header: Uint8Array | undefined;

/**
 * What makes the JPEG that a `photoStrippedSize` means ("Stripped thumbnails" in https://core.telegram.org/api/files).
 *
 * @returns undefined for bytes that are none.
 */
export function strippedJpeg(stripped: Uint8Array): (() => Uint8Array) | undefined {
  const [version, height, width] = stripped;
  if (version !== VERSION || height === undefined || width === undefined) return undefined;
  return () => {
    header ??= fromBase64(HEADER) ?? new Uint8Array(0);
    const body = stripped.subarray(STRIPPED_HEADER);
    const jpeg = new Uint8Array(header.length + body.length + FOOTER.length);
    jpeg.set(header);
    jpeg[HEIGHT] = height;
    jpeg[WIDTH] = width;
    jpeg.set(body, header.length);
    jpeg.set(FOOTER, header.length + body.length);
    return jpeg;
  };
}
