import type { Comment } from './token.js';

const LAYER = /^\s*layer\s*:?\s*([0-9]{1,9})\s*$/i;

/** How the `// layer N` comments of a file are meant. */
export interface LayerComments {
  /** The whole schema's layer. */
  readonly schemaLayer: number | null;
  /** Sections: token position → layer. */
  readonly sections: readonly { readonly position: number; readonly layer: number }[];
}

/**
 * The rule: if all `// layer N` comments that have a line of their own agree on one number (usually
 * there is exactly one, `// LAYER 198`, first or last in the file), that is the layer of the whole
 * schema. Different numbers mean the file is cut into sections, each comment opening one like `===N===`.
 */
export function readLayerComments(comments: readonly Comment[]): LayerComments {
  const marks: { position: number; layer: number }[] = [];
  for (const { text, trailing, position } of comments) {
    const number = trailing ? undefined : LAYER.exec(text)?.[1];
    if (number !== undefined) marks.push({ position, layer: Number(number) });
  }
  const layers = new Set(marks.map((mark) => mark.layer));
  const [first] = layers;
  if (layers.size > 1) return { schemaLayer: null, sections: marks };
  return { schemaLayer: first ?? null, sections: [] };
}
