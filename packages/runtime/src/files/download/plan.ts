/** What one request asks for, and which of it is wanted. */
export interface Part {
  /** Of the request, as the server's rules want it. */
  readonly offset: number;
  readonly limit: number;
  /** Wanted: bytes `[from, to)` of the file, all within the request. */
  readonly from: number;
  readonly to: number;
}

/** Parts begin at multiples of it, and none has more. */
export const PART_SIZE = 512 * 1024;
/** No request crosses a multiple of it. */
export const FRAGMENT = 1024 * 1024;
/** Offsets and limits are multiples of it where the request says `precise`, and of the coarse one elsewhere. */
const FINE = 1024;
export const COARSE = 4096;

/**
 * The requests for bytes `[start, end)`, in order, made as they are wanted. Each stays in one part of
 * {@link PART_SIZE}, so in one fragment of 1 MiB; the first and last ask for little more than is wanted of them. (Rules
 * of `upload.getFile`: https://core.telegram.org/api/files#downloading-files.)
 *
 * @param end - Infinity: there is no last one.
 * @param precise - whether requests may be as narrow as `precise` allows.
 */
export function* planParts(start: number, end: number, precise: boolean): Generator<Part, void> {
  for (let from = start; from < end;) {
    const to = Math.min(end, floor(from, PART_SIZE) + PART_SIZE);
    yield { ...(precise ? fine(from, to) : coarse(from, to)), from, to };
    from = to;
  }
}

function fine(from: number, to: number): Pick<Part, 'offset' | 'limit'> {
  const offset = floor(from, FINE);
  return { offset, limit: floor(to - 1, FINE) + FINE - offset };
}

/** The smallest power of two that will do, from the nearest place before `from`; else the part. */
function coarse(from: number, to: number): Pick<Part, 'offset' | 'limit'> {
  const offset = floor(from, COARSE);
  let limit = COARSE;
  while (offset + limit < to) limit *= 2;
  const crosses = floor(offset, FRAGMENT) !== floor(offset + limit - 1, FRAGMENT);
  return crosses ? { offset: floor(from, PART_SIZE), limit: PART_SIZE } : { offset, limit };
}

const floor = (value: number, unit: number): number => value - (value % unit);
