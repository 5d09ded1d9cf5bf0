import type { Descriptions, ErrorFacts, Overlay } from '../emit/options.js';
import type { Schema } from '../schema/types.js';

/** What a page is about. */
export type PageKind =
  | 'method'
  | 'constructor'
  | 'type'
  /** A type that every schema has without declaring it: `int`, `Vector`. */
  | 'builtin'
  | 'error'
  | 'namespace'
  /** What one layer changed. */
  | 'layer'
  /** A list of pages: A–Z, by namespace, by task, home. */
  | 'index';

/** A schema to document, with all that is known about it. */
export interface DocsSchema {
  /** Short name, also its folder when several are documented: `secret`. */
  readonly key: string;
  /** Title for people: `Telegram API`, `my.tl`. */
  readonly title: string;
  /** npm name of the package that `tlgen generate` makes of it: examples import it. */
  readonly package: string;
  readonly schema: Schema;
  /** Overrides the schema's own `// LAYER N`. */
  readonly layer?: number | undefined;
  readonly descriptions?: Descriptions | undefined;
  readonly errors?: ErrorFacts | undefined;
  /** All RPC errors there are, also those of no particular method. */
  readonly knownErrors?: readonly DocsError[] | undefined;
  readonly overlay?: Overlay | undefined;
  /**
   * Older layers of the same schema, in any order: they give "since", "changed" and a page per change. Schemas with layers
   * of their own (`===N===`) tell all that themselves, and take none.
   */
  readonly older?: readonly Schema[] | undefined;
}

/** An RPC error as the data sources know it. */
export interface DocsError {
  /** `FLOOD_WAIT_%d`: `%d` stands for a number. */
  readonly name: string;
  readonly code: number;
  /** Any method may answer with it. */
  readonly general: boolean;
  readonly description: string | null;
}

/** What `renderDocs` is to document. */
export interface DocsOptions {
  /** The first is the main one: with several, it stands at the root and the others in folders of their key. */
  readonly schemas: readonly DocsSchema[];
  readonly onProgress?: ((progress: DocsProgress) => void) | undefined;
}

/** How far a long run is. */
export interface DocsProgress {
  readonly step: 'model' | 'render';
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/** The files of the docs. */
export interface DocsResult {
  /** Path below the output folder, with `/` → content. Same input, same bytes. */
  readonly files: ReadonlyMap<string, string>;
  readonly coverage: readonly DocsCoverage[];
}

/** How much of a schema is described: described and all, per kind. */
export interface DocsCoverage {
  readonly schema: string;
  readonly methods: readonly [described: number, all: number];
  readonly constructors: readonly [described: number, all: number];
  readonly types: readonly [described: number, all: number];
  readonly fields: readonly [described: number, all: number];
  readonly errors: readonly [described: number, all: number];
}

/** A link to a page of this set. */
export interface PageRef {
  readonly kind: PageKind;
  /** Unique per kind and schema: TL name or key. */
  readonly name: string;
  /** Key of its schema. */
  readonly schema: string;
  /** From the root of the set, with ending: `methods/messages.sendEncrypted.md`. */
  readonly path: string;
}

/** A reference with its one-line description, as lists show it. */
export interface ListedRef extends PageRef {
  readonly description: string | null;
}

/** A piece of a type's text; a name of a page where there is one. */
export interface TypePart {
  readonly text: string;
  readonly ref: PageRef | null;
}

/** Front matter and head of every page. */
export interface PageHead extends PageRef {
  readonly title: string;
  readonly description: string | null;
  readonly layer: number | null;
}

/** A change in words, with TL in backticks. */
export interface ChangeWords {
  readonly words: string;
  readonly breaking: boolean;
}

/** What older layers tell about a constructor, method or type; only with `older`. */
export interface EntryHistory {
  /** The first known layer that has it. */
  readonly since: number;
  /** The known layer before, which has it not; null: it is in the oldest one known. */
  readonly notIn: number | null;
  /** The first known layer without it; null: current. */
  readonly removedIn: number | null;
  /** Layers that changed its line, ascending. */
  readonly changes: readonly {
    readonly layer: number;
    /** The known layer before. */
    readonly from: number;
    readonly changes: readonly ChangeWords[];
    readonly breaking: boolean;
  }[];
}

/** A parameter or field; flag words are not among them. */
export interface FieldDoc {
  /** As in TL: `random_id`. */
  readonly name: string;
  /** In TypeScript: `randomId`. */
  readonly property: string;
  readonly type: readonly TypePart[];
  /** TypeScript type as seen from the package's root: `base.TypeInputPeer`. */
  readonly tsType: string;
  /** `flags.0` and what it means for presence; null: always there. `bit` null: any bit of the word. */
  readonly flag: { readonly word: string; readonly bit: number | null } | null;
  /** `yes`; `no`: optional; `filled`: may be left out of `client.api` calls, since the runtime fills it in. */
  readonly required: 'yes' | 'no' | 'filled';
  /** What it is filled in with. */
  readonly filledWith: string | null;
  /** What is accepted beside the type, in words: `Secret chat id, SecretChat, Update or EncryptedMessage`. */
  readonly accepts: string | null;
  readonly description: string | null;
}

/** A flag word and its bits. */
export interface FlagWordDoc {
  readonly name: string;
  readonly bits: readonly {
    readonly bit: number | null;
    /** `0x00000001`; null with `bit`. */
    readonly mask: string | null;
    /** All fields that share the bit. */
    readonly fields: readonly string[];
  }[];
}

/** What uses something. */
export interface BackLinks {
  /** Methods that return the type, itself or in a vector. */
  readonly returnedBy: readonly ListedRef[];
  /** Methods that take it as a parameter. */
  readonly acceptedBy: readonly ListedRef[];
  /** Constructors that have it as a field. */
  readonly containedIn: readonly ListedRef[];
}

/** A piece of code that shows an item in use. */
export interface Example {
  /** Tab: `TypeScript`. */
  readonly title: string;
  /** Info string of the fence: `ts`. */
  readonly language: string;
  readonly code: string;
}

/** One form of a constructor of a layered schema. */
export interface LayerVariant {
  /** `decryptedMessage_17`; the newest has the plain name. */
  readonly ref: PageRef;
  readonly id: string;
  readonly since: number;
  readonly until: number | null;
}

interface CombinatorPage extends PageHead {
  /** Eight hex digits. */
  readonly id: string;
  readonly namespace: string;
  /** The TL line, with id and `;`. */
  readonly tl: string;
  /** Every type of the line once, in order. */
  readonly types: readonly TypePart[];
  readonly fields: readonly FieldDoc[];
  readonly flagWords: readonly FlagWordDoc[];
  /** Name in code, from the package's root: `messages.SendEncryptedRequest`. */
  readonly className: string;
  readonly examples: readonly Example[];
  readonly history: EntryHistory | null;
  readonly related: readonly ListedRef[];
}

/** Page of a method. */
export interface MethodPage extends CombinatorPage {
  readonly kind: 'method';
  readonly result: readonly TypePart[];
  /** Constructors of the result's type, with their lines. */
  readonly resultConstructors: readonly (ListedRef & { readonly tl: string })[];
  readonly errors: readonly ErrorRow[];
  readonly callers: 'user' | 'bot' | 'both' | 'unknown';
  /** Where `errors` and `callers` come from, and of when; null: there is no such data for this schema. */
  readonly facts: { readonly source: string; readonly date: string } | null;
  readonly instead: readonly {
    readonly use: string;
    readonly words: string;
    /** Said behind it while `use` is not built yet. */
    readonly pending: string | null;
  }[];
  /** Names of the Bot API that `client.api` takes as well. */
  readonly aliases: readonly {
    readonly alias: string;
    /** Property that it stands for: `noWebpage`. */
    readonly property: string;
    /** What is taken under it, where that is something else: `number`. */
    readonly accepts: string | null;
  }[];
  /** Whether `client.api` takes `parseMode`. */
  readonly parseMode: boolean;
}

/** Page of a constructor; in layered schemas, of one form of it. */
export interface ConstructorPage extends CombinatorPage {
  readonly kind: 'constructor';
  /** The type it belongs to. */
  readonly type: readonly TypePart[];
  /** Uses of its type; of the bare constructor itself where fields hold it bare. */
  readonly usedBy: BackLinks;
  /** All forms of it, oldest first; empty in schemas without layers. */
  readonly variants: readonly LayerVariant[];
  /** Rows are fields in order of appearance, columns the variants: the type's text, null where it is missing. */
  readonly variantFields: readonly {
    readonly name: string;
    readonly types: readonly (string | null)[];
  }[];
}

/** Page of a type: a union of constructors. */
export interface TypePage extends PageHead {
  readonly kind: 'type';
  readonly namespace: string;
  readonly constructors: readonly (ListedRef & { readonly tl: string })[];
  readonly tsName: string;
  readonly accepts: string | null;
  readonly usedBy: BackLinks;
  readonly history: EntryHistory | null;
}

/** Page of a type that no schema declares. */
export interface BuiltinPage extends PageHead {
  readonly kind: 'builtin';
  /** In TypeScript, in JSON, on the wire. */
  readonly tsType: string;
  readonly json: string;
  readonly wire: string;
  readonly usedBy: BackLinks;
}

/** An error in the table of a method. */
export interface ErrorRow {
  readonly name: string;
  readonly code: number;
  readonly description: string | null;
  readonly ref: PageRef | null;
}

/** Page of an RPC error, with all its codes. */
export interface ErrorPage extends PageHead {
  readonly kind: 'error';
  /** Ascending; some errors have several. */
  readonly codes: readonly number[];
  readonly general: boolean;
  /** What a program should do, by class of error. */
  readonly advice: string;
  readonly thrownBy: readonly ListedRef[];
  readonly facts: { readonly source: string; readonly date: string };
}

/** Page of a namespace: everything in it. */
export interface NamespacePage extends PageHead {
  readonly kind: 'namespace';
  readonly methods: readonly ListedRef[];
  readonly constructors: readonly ListedRef[];
  readonly types: readonly ListedRef[];
}

/** What a layer changed against the one before. */
export interface LayerPage extends PageHead {
  readonly kind: 'layer';
  /** The layer before; null: the first there is (of a layered schema). */
  readonly from: number | null;
  readonly to: number;
  readonly breaking: boolean;
  readonly groups: readonly LayerGroup[];
}

/** The changes of one kind in one namespace. */
export interface LayerGroup {
  readonly what: 'methods' | 'constructors' | 'types';
  readonly added: readonly LayerEntry[];
  readonly removed: readonly LayerEntry[];
  readonly changed: readonly LayerEntry[];
}

/** One item that a layer added, removed or changed. */
export interface LayerEntry {
  readonly name: string;
  /** Its page, of a removed one too. */
  readonly ref: PageRef | null;
  /** TL line of what was added or removed; null for types and changes. */
  readonly tl: string | null;
  readonly changes: readonly ChangeWords[];
  readonly breaking: boolean;
}

/** A page about something, as opposed to a list. */
export type EntryPage =
  MethodPage | ConstructorPage | TypePage | BuiltinPage | ErrorPage | NamespacePage | LayerPage;

/** All pages of one schema but its indexes, which the renderer makes of these. */
export interface SchemaPages {
  readonly key: string;
  readonly title: string;
  readonly package: string;
  /** '' or `secret/`. */
  readonly folder: string;
  readonly layer: number | null;
  /** Layers of a layered schema, ascending. */
  readonly layers: readonly number[];
  readonly pages: readonly EntryPage[];
  readonly coverage: DocsCoverage;
}
