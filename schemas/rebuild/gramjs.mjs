import { readLines, renderSchema } from './line.mjs';

/**
 * TL text of GramJS's `tl/apiTl.js`, which holds it as one string: brought into this folder's form, with
 * the layer (which GramJS keeps in another file) on top.
 *
 * @param {string} text
 * @param {number | null} [layer]
 */
export const tlFromGramjs = (text, layer = null) => renderSchema(readLines(text), layer);
