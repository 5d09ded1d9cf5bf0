/** Where descriptions come from: a file of our own words, or the data of an npm package (used when installed). */
export type DocsSource =
  | string
  | {
      readonly package: string;
      readonly version?: string;
      readonly file: string;
      readonly errors?: string;
    };

/** One schema and the package that is made of it. Paths are relative to the config file. */
export interface SchemaConfig {
  /** The schema's file, or several that belong together. */
  readonly files?: string | readonly string[];
  /** The same as `files`, for one. */
  readonly file?: string;
  /** npm name of the package. */
  readonly package: string;
  /** Folder of the package. */
  readonly out: string;
  /** Overrides the schema's own `// LAYER N`. */
  readonly layer?: number | null;
  readonly docs?: DocsSource;
  /** JSON file: which errors methods answer with, and who may call them. */
  readonly errors?: string;
  /**
   * JSON file: what the runtime adds to methods; `none`: nothing. Default: for Telegram's API the one that comes with
   * tlgen, else nothing.
   */
  readonly overlay?: string;
  /** Also write package.json, README.md and src/index.ts. Default true. */
  readonly standalone?: boolean;
}

/** What `tlgen.config.ts` exports. */
export interface TlgenConfig {
  readonly schemas: Readonly<Record<string, SchemaConfig>>;
  /** Per schema: `name#id` of lines whose id is known not to be their CRC32 → why. */
  readonly idExceptions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Gives `tlgen.config.ts` its types. */
export function defineConfig(config: TlgenConfig): TlgenConfig {
  return config;
}

/** A schema of the config with absolute paths and defaults filled in. */
export interface SchemaEntry {
  readonly key: string;
  readonly files: readonly string[];
  readonly package: string;
  readonly out: string;
  readonly layer: number | null;
  readonly docs: DocsSource | null;
  readonly errors: string | null;
  readonly overlay: string | null;
  /** The overlay that serves when the schema is found to be Telegram's API; null when that was not left to tlgen. */
  readonly telegramOverlay: string | null;
  readonly standalone: boolean;
  /** `name#id` → why its id is not the CRC32 of its line. */
  readonly idExceptions: Readonly<Record<string, string>>;
}

/** A config that was found and checked. */
export interface LoadedConfig {
  /** The config file. */
  readonly file: string;
  readonly entries: readonly SchemaEntry[];
}
