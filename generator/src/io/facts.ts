import type { ErrorFacts, Overlay } from '../emit/options.js';
import { InputError } from './errors.js';
import { readJson } from './read-file.js';

type ByCode = Readonly<Record<string, readonly string[]>>;

interface ErrorsFile {
  readonly source?: string;
  readonly date?: string;
  readonly methods: Readonly<Record<string, ByCode>>;
  readonly callers?: ErrorFacts['callers'];
}

interface OverlayFile {
  readonly substitutes?: Overlay['substitutes'];
  readonly filled?: readonly {
    readonly field: string;
    readonly type: string;
    readonly fill: string;
    readonly methods?: readonly string[];
    readonly constructors?: readonly string[];
  }[];
  readonly instead?: readonly { readonly use: string; readonly methods: readonly string[] }[];
}

async function readRecord(file: string, key: string): Promise<object> {
  const value = await readJson(file);
  if (typeof value !== 'object' || value === null || !(key in value)) {
    throw new InputError('bad-config', `${file} has no "${key}"`);
  }
  return value;
}

/** Which RPC errors methods answer with: `errors.json`, grouped by numeric code there. */
export async function readErrorFacts(file: string): Promise<ErrorFacts> {
  const facts = (await readRecord(file, 'methods')) as ErrorsFile;
  const methods: Record<string, { name: string; code: number }[]> = {};
  for (const [method, byCode] of Object.entries(facts.methods)) {
    methods[method] = Object.entries(byCode).flatMap(([code, names]) =>
      names.map((name) => ({ name, code: Number(code) })),
    );
  }
  const { source = '', date = '', callers = {} } = facts;
  return { source, date, methods, callers };
}

/** What the runtime adds to methods: `overlay.json`. */
export async function readOverlay(file: string): Promise<Overlay> {
  const overlay = (await readRecord(file, 'substitutes')) as OverlayFile;
  const filledIn: Record<string, string> = {};
  for (const { field, type, fill, methods, constructors } of overlay.filled ?? []) {
    // What holds for single methods only says nothing about the field elsewhere.
    if (methods === undefined && constructors === undefined) filledIn[`${field}:${type}`] = fill;
  }
  const useInstead: Record<string, string> = {};
  for (const { use, methods } of overlay.instead ?? []) {
    for (const method of methods) useInstead[method] = use;
  }
  return { substitutes: overlay.substitutes ?? {}, filledIn, useInstead };
}
