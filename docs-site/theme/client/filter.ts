import { announce } from './announce.js';
import { all, first, make } from './dom.js';

/** Lists shorter than this are read faster than filtered. */
const LONG = 40;

/** A field above long lists of links that hides what does not match, with the headings that have nothing left. */
export function makeFilter(): void {
  const prose = first(':is(.kind-index, .kind-namespace) .prose');
  const items = prose === null ? [] : all('li', prose);
  if (prose === null || items.length < LONG) return;
  const texts = items.map((item) => item.textContent.toLowerCase());
  const label = 'Filter this page';
  const field = make('input', { type: 'search', class: 'filter', placeholder: label, 'aria-label': label }) as HTMLInputElement; // prettier-ignore
  prose.firstElementChild?.after(field);
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\s+/);
    let shown = 0;
    for (const [at, item] of items.entries()) {
      item.hidden = !words.every((word) => texts[at]?.includes(word));
      if (!item.hidden) shown++;
    }
    hideEmpty(prose, words.join('') !== '');
    announce(`${shown} of ${items.length}`);
  });
}

/** While something is typed, only what leads to an item stays: lists with one and the headings above them. */
function hideEmpty(prose: HTMLElement, filtering: boolean): void {
  /** Whether the part of level 2, and that of level 3, holds an item; blocks are seen from the last to the first. */
  let [part, piece] = [false, false];
  for (const block of [...prose.children].reverse()) {
    if (!(block instanceof HTMLElement) || block.matches('.filter')) continue;
    let needed = block.querySelector('li:not([hidden])') !== null;
    if (block.matches('h3')) [needed, piece] = [piece, false];
    else if (block.matches('h2')) [needed, part, piece] = [part, false, false];
    else if (needed) [part, piece] = [true, true];
    block.hidden = filtering && !needed;
  }
}
