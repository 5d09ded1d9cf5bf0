import type { Combinator, SchemaTree } from './ast.js';
import { Cursor, describe } from './cursor.js';
import type { Diagnostic } from './diagnostics.js';
import { describeCombinator, readDocBlock } from './doc-comments.js';
import { readLayerComments } from './layer-comments.js';
import { type LexResult, lex } from './lexer.js';
import { parseCombinator } from './parse-combinator.js';
import type { Comment, Token } from './token.js';

/** A tree and what was wrong with the text; the tree holds every declaration that could be read. */
export interface ParseResult {
  readonly tree: SchemaTree;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads TL text. Never throws; after an error it goes on with the next declaration. */
export function parse(text: string, file = 'schema.tl'): ParseResult {
  return new Parser(lex(text, file), file).parse();
}

class Parser {
  readonly #cursor: Cursor;
  readonly #combinators: Combinator[] = [];
  readonly #typeDescriptions = new Map<string, string>();
  readonly #sections: readonly { readonly position: number; readonly layer: number }[];
  readonly #schemaLayer: number | null;
  #kind: Combinator['kind'] = 'constructor';
  #layer: number | null = null;
  #nextComment = 0;
  #nextSection = 0;
  #warnedAnnotation = false;

  constructor(
    private readonly lexed: LexResult,
    file: string,
  ) {
    this.#cursor = new Cursor(lexed.tokens, file);
    const { schemaLayer, sections } = readLayerComments(lexed.comments);
    this.#schemaLayer = schemaLayer;
    this.#sections = sections;
  }

  parse(): ParseResult {
    const cursor = this.#cursor;
    while (cursor.peek().kind !== 'end') this.#statement();
    this.#document(this.#takeComments(), null);
    const diagnostics = [...this.lexed.diagnostics, ...cursor.diagnostics];
    diagnostics.sort((a, b) => a.span.start - b.span.start);
    const tree: SchemaTree = {
      combinators: this.#combinators,
      layer: this.#schemaLayer,
      typeDescriptions: this.#typeDescriptions,
    };
    return { tree, diagnostics };
  }

  #statement(): void {
    const cursor = this.#cursor;
    this.#openCommentSections();
    const token = cursor.peek();
    if (token.kind === 'section' || token.kind === 'layer') {
      cursor.next();
      this.#openSection(token);
    } else if (cursor.at('@') && cursor.peek(1).kind === 'name') {
      this.#skipAnnotation();
    } else if (!cursor.accept(';') && !this.#skipFinal()) {
      const start = cursor.index;
      const comments = this.#takeComments();
      const around = { kind: this.#kind, layer: this.#layer };
      const combinator = parseCombinator(cursor, around);
      this.#document(comments, combinator);
      if (combinator === null) this.#recover(start);
    }
  }

  #openCommentSections(): void {
    let mark = this.#sections[this.#nextSection];
    while (mark !== undefined && mark.position <= this.#cursor.index) {
      this.#layer = mark.layer;
      this.#kind = 'constructor';
      mark = this.#sections[++this.#nextSection];
    }
  }

  /** A new layer starts with types again: it is a schema of its own, laid over the older ones. */
  #openSection(token: Token): void {
    if (token.kind === 'layer') {
      this.#layer = Number(token.text);
      this.#kind = 'constructor';
    } else if (token.text === 'functions' || token.text === 'methods') {
      this.#kind = 'function';
    } else if (token.text === 'types' || token.text === 'constructors') {
      this.#kind = 'constructor';
    } else {
      this.#cursor.error(
        `there is no section ${describe(token)}`,
        'the sections are `---types---` and `---functions---`',
        token.span,
      );
    }
  }

  /** `@read engine.stat = Stat;`: marks of other TL users which say nothing about the data. */
  #skipAnnotation(): void {
    const { span } = this.#cursor.next();
    this.#cursor.next();
    if (!this.#warnedAnnotation) this.#cursor.warn('annotations are ignored', null, span);
    this.#warnedAnnotation = true;
  }

  /** `Final User;` of old TL promises something about a type; it has no bearing on the data. */
  #skipFinal(): boolean {
    const cursor = this.#cursor;
    const token = cursor.peek();
    const final = token.kind === 'name' && ['New', 'Final', 'Empty'].includes(token.text);
    if (!final || cursor.peek(1).kind !== 'name' || !cursor.at(';', 2)) return false;
    cursor.warn(
      `\`${token.text}\` declarations are ignored`,
      'the line may be deleted',
      token.span,
    );
    cursor.index += 3;
    return true;
  }

  #takeComments(): Comment[] {
    const taken: Comment[] = [];
    let comment = this.lexed.comments[this.#nextComment];
    while (comment !== undefined && comment.position <= this.#cursor.index) {
      taken.push(comment);
      comment = this.lexed.comments[++this.#nextComment];
    }
    return taken;
  }

  #document(comments: readonly Comment[], combinator: Combinator | null): void {
    if (comments.length > 0) {
      const names = combinator?.fields.flatMap(({ name }) => (name === null ? [] : [name])) ?? [];
      const block = readDocBlock(comments, new Set(names));
      for (const [name, text] of block.types) this.#typeDescriptions.set(name, text);
      if (combinator !== null) combinator = describeCombinator(combinator, block);
    }
    if (combinator !== null) this.#combinators.push(combinator);
  }

  /** Skips to behind the next `;`, or to what looks like the beginning of another declaration. */
  #recover(start: number): void {
    const cursor = this.#cursor;
    if (cursor.index === start) cursor.next();
    for (;;) {
      const { kind } = cursor.peek();
      if (kind === 'end' || kind === 'section' || kind === 'layer') return;
      if (cursor.accept(';') || this.#looksLikeStart()) return;
      cursor.next();
    }
  }

  #looksLikeStart(): boolean {
    const cursor = this.#cursor;
    const token = cursor.peek();
    if (token.kind !== 'name' || !token.firstOnLine || token.span.column !== 1) return false;
    const follower = cursor.peek(1);
    if (follower.firstOnLine) return false;
    const named = follower.kind === 'name' && cursor.at(':', 2);
    return follower.kind === 'id' || named || cursor.at('=', 1) || cursor.at('{', 1);
  }
}
