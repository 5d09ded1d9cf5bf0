import type { ErrorFacts, Overlay } from '../emit/options.js';
import { readJson } from './read-file.js';
import { checkShape, type Shape } from './shape.js';
import { ERRORS_FILE, OVERLAY_FILE } from './validate-facts.js';

type ByCode = Readonly<Record<string, readonly string[]>>;

interface ErrorsFile {
  /** All errors there are. */
  readonly errors?: ByCode;
  /** Errors that any method may answer with. */
  readonly general?: ByCode;
  readonly source?: string;
  readonly date?: string;
  readonly methods: Readonly<Record<string, ByCode>>;
  readonly callers?: ErrorFacts['callers'];
}

async function readShaped(file: string, shape: Shape, kind: string): Promise<unknown> {
  const value = await readJson(file);
  checkShape(value, shape, file, kind);
  return value;
}

const readErrors = async (file: string): Promise<ErrorsFile> =>
  (await readShaped(file, ERRORS_FILE, 'errors file')) as ErrorsFile;

/** Which RPC errors methods answer with: `errors.json`, grouped by numeric code there. */
export async function readErrorFacts(file: string): Promise<ErrorFacts> {
  const facts = await readErrors(file);
  const methods: Record<string, { name: string; code: number }[]> = {};
  for (const [method, byCode] of Object.entries(facts.methods)) {
    methods[method] = Object.entries(byCode).flatMap(([code, names]) =>
      names.map((name) => ({ name, code: Number(code) })),
    );
  }
  const { source = '', date = '', callers = {} } = facts;
  return { source, date, methods, callers };
}

/** An RPC error, and whether any method may answer with it. */
export interface KnownError {
  readonly name: string;
  readonly code: number;
  readonly general: boolean;
}

function flat(all: ByCode, general: boolean): KnownError[] {
  return Object.entries(all).flatMap(([code, names]) =>
    names.map((name) => ({ name, code: Number(code), general })),
  );
}

/** All RPC errors that `errors.json` names, also those of no particular method. */
export async function readKnownErrors(file: string): Promise<readonly KnownError[]> {
  const { errors = {}, general = {} } = await readErrors(file);
  const found = new Map(
    // Some errors come with several codes.
    [...flat(errors, false), ...flat(general, true)].map((one) => [`${one.code} ${one.name}`, one]),
  );
  return [...found.values()];
}

/** What the runtime adds to methods: `overlay.json`. */
export async function readOverlay(file: string): Promise<Overlay> {
  const overlay = (await readShaped(file, OVERLAY_FILE, 'overlay file')) as Partial<Overlay>;
  const { substitutes = {}, filled = [], instead = [], aliases = [], parseMode = [] } = overlay;
  return { substitutes, filled, instead, aliases, parseMode };
}
