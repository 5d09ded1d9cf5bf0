import { createIndex } from './entries.js';
import { renderHit } from './hit.js';
import { keepRecent, recentEntries } from './recent.js';
import { search } from './score.js';

/** What finds and shows; a script of its own (assets/search.js), since most pages are read without searching. */
const engine = { createIndex, keepRecent, recentEntries, renderHit, search };

/** What the dialog calls. */
export type Engine = typeof engine;

window.tlgenSearch = engine;
