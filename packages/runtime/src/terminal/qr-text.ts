import { renderUnicodeCompact } from 'uqr';

/** Bright white on black, whatever the terminal's colours are: scanners want the dark parts dark. */
const COLOURS = '\u001B[97;40m';
const RESET = '\u001B[0m';

/** A QR code in text; the light parts are what is drawn. */
export function qrText(content: string, coloured: boolean): string {
  const lines = renderUnicodeCompact(content, { border: 2 }).split('\n');
  return lines.map((line) => (coloured ? `${COLOURS}${line}${RESET}` : line)).join('\n');
}
