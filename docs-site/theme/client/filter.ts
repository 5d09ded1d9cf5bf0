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
  let needed = false;
  for (const block of [...prose.children].reverse()) {
    if (!(block instanceof HTMLElement) || block.matches('.filter')) continue;
    const hasItem = block.querySelector('li:not([hidden])') !== null;
    const isHeading = block.matches('h2, h3');
    needed ||= hasItem;
    block.hidden = filtering && !(isHeading ? needed : hasItem);
    if (block.matches('h2')) needed = false;
  }
}
