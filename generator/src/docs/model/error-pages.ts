import { own } from '../../model/own.js';
import type { DocsError, ErrorPage, ErrorRow } from '../types.js';
import type { Book } from './book.js';
import { adviceOn } from './error-advice.js';

interface KnownError {
  readonly codes: Set<number>;
  readonly methods: Set<string>;
  general: boolean;
  description: string | null;
}

/** All RPC errors of a schema, by name. */
export class ErrorIndex {
  private readonly errors = new Map<string, KnownError>();

  constructor(private readonly book: Book) {
    const { knownErrors = [], errors } = book.docs;
    for (const one of knownErrors) this.noteKnown(one);
    for (const { name } of book.schema.methods)
      for (const error of own(errors?.methods, name) ?? []) this.noteThrown(name, error);
    for (const [name, { description }] of this.sorted())
      book.announce('error', name, description, name.replaceAll('%d', 'X'));
  }

  private of(name: string): KnownError {
    let error = this.errors.get(name);
    if (error === undefined) {
      error = { codes: new Set(), methods: new Set(), general: false, description: null };
      this.errors.set(name, error);
    }
    return error;
  }

  private noteKnown({ name, code, general, description }: DocsError): void {
    const error = this.of(name);
    error.codes.add(code);
    error.general ||= general;
    error.description ??= description;
  }

  private noteThrown(method: string, { name, code }: { name: string; code: number }): void {
    const error = this.of(name);
    error.codes.add(code);
    error.methods.add(method);
  }

  private sorted(): [string, KnownError][] {
    return [...this.errors].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** How many errors have a description, and how many there are. */
  coverage(): readonly [number, number] {
    const all = [...this.errors.values()];
    return [all.filter(({ description }) => description !== null).length, all.length];
  }

  /** Rows of a method's table, by code and name. */
  rows(method: string): ErrorRow[] {
    const rows = (own(this.book.docs.errors?.methods, method) ?? []).map(
      ({ name, code }): ErrorRow => ({
        name,
        code,
        description: this.errors.get(name)?.description ?? null,
        ref: this.book.ref('error', name),
      }),
    );
    return rows.sort((a, b) => a.code - b.code || (a.name < b.name ? -1 : 1));
  }

  pages(): ErrorPage[] {
    const { source = '', date = '' } = this.book.docs.errors ?? {};
    return this.sorted().map(([name, error]): ErrorPage => {
      const codes = [...error.codes].sort((a, b) => a - b);
      const methods = [...error.methods].sort((a, b) => (a < b ? -1 : 1));
      return {
        ...(this.book.ref('error', name) as ErrorPage),
        kind: 'error',
        title: name,
        description: error.description,
        layer: this.book.layer,
        codes,
        general: error.general,
        advice: adviceOn(name, codes),
        thrownBy: methods.flatMap((method) => this.book.listed('method', method) ?? []),
        facts: { source, date },
      };
    });
  }
}
