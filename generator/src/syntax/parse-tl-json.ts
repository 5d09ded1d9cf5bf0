import type { Combinator, SchemaTree, Span } from './ast.js';
import { shorten } from './cursor.js';
import type { Diagnostic, DiagnosticCode } from './diagnostics.js';
import { findPlaces, type JsonPlaces, jsonErrorSpan } from './json-text.js';
import type { ParseResult } from './parser.js';
import { type EntryReport, isObject, readEntry, toLayer } from './tl-json-entry.js';

const SHAPE = 'expected { "constructors": [ … ], "methods": [ … ] }';
const START: Span = { start: 0, end: 0, line: 1, column: 1 };
const ROOT_KEYS: ReadonlySet<string> = new Set(['layer', 'constructors', 'methods']);

/** Reads TL-JSON text. Never throws; entries that are not well formed are reported and left out. */
export function parseTlJson(text: string, file = 'schema.json'): ParseResult {
  const reader = new Reader(file);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    reader.report('this is not valid JSON', null, jsonErrorSpan(text, error));
    return reader.result(null);
  }
  return reader.read(json, findPlaces(text));
}

class Reader {
  readonly #combinators: Combinator[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  /** Remarks that were warned about already: one warning is enough for a key that every entry has. */
  readonly #warned = new Set<string>();

  constructor(private readonly file: string) {}

  read(json: unknown, places: JsonPlaces): ParseResult {
    if (!isObject(json) || (!('constructors' in json) && !('methods' in json))) {
      this.report('this JSON is not a TL schema', SHAPE);
      return this.result(null);
    }
    for (const { key, span } of places.duplicates) {
      this.report(`the key \`${shorten(key)}\` is there twice`, 'only one would count', span);
    }
    for (const [key, value] of Object.entries(json)) {
      if (ROOT_KEYS.has(key)) continue;
      this.#unknownKey(key, value, key, places.rootKeys.get(key) ?? START);
    }
    const layer = toLayer(json['layer']);
    if (layer === undefined) {
      const hint = 'a whole number, as in "layer": 229';
      this.report('`layer` is no layer number', hint, places.rootKeys.get('layer'));
    }
    for (const [key, kind] of [
      ['constructors', 'constructor'],
      ['methods', 'function'],
    ] as const) {
      const entries = json[key] ?? [];
      if (!Array.isArray(entries)) {
        this.report(`\`${key}\` is not an array`, SHAPE, places.rootKeys.get(key));
        continue;
      }
      entries.forEach((entry: unknown, index) => {
        const path = `${key}[${String(index)}]`;
        this.#entry(entry, kind, path, places.entries.get(path) ?? places.rootKeys.get(key));
      });
    }
    return this.result(layer ?? null);
  }

  result(layer: number | null): ParseResult {
    const tree: SchemaTree = {
      combinators: this.#combinators,
      layer,
      typeDescriptions: new Map(),
    };
    return { tree, diagnostics: this.#diagnostics };
  }

  report(
    message: string,
    hint: string | null,
    span: Span = START,
    code: DiagnosticCode = 'json-shape',
    severity: Diagnostic['severity'] = 'error',
  ): void {
    this.#diagnostics.push({ severity, code, message, hint, file: this.file, span });
  }

  #entry(entry: unknown, kind: Combinator['kind'], path: string, span: Span = START): void {
    const nameKey = kind === 'constructor' ? 'predicate' : 'method';
    const name = isObject(entry) ? entry[nameKey] : undefined;
    if (!isObject(entry) || typeof name !== 'string') {
      this.report(`${path} has no \`${nameKey}\``, null, span);
      return;
    }
    const report: EntryReport = {
      file: this.file,
      error: (message, hint, code) => this.report(message, hint, span, code),
      unknownKey: (key, value, place) => this.#unknownKey(key, value, place, span),
    };
    const combinator = readEntry({ entry, kind, nameKey, name, path, span }, report);
    if (combinator !== null) this.#combinators.push(combinator);
  }

  /** What may hold a part of the schema must not be dropped; a remark may, after it was said once. */
  #unknownKey(key: string, value: unknown, path: string, span: Span): void {
    const message = `${path}: unknown key \`${shorten(key)}\``;
    if (typeof value === 'object' && value !== null) {
      this.report(message, 'it would be left out; take it away if that is right', span);
      return;
    }
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    this.report(`${message} is ignored`, null, span, 'json-shape', 'warning');
  }
}
