import type { Engine } from './search/engine.js';
import type { SymbolsFile } from './search/entries.js';

declare global {
  interface Window {
    /** Assigned by symbols.js. */
    tlgenSymbols?: SymbolsFile;
    /** Assigned by search.js. */
    tlgenSearch?: Engine;
    /** Assigned by the scripts of long sidebar lists: `[text, path from the site's root]`. */
    tlgenNav?: Record<string, readonly (readonly [text: string, path: string])[]>;
  }
}
