import { make } from './dom.js';

let region: HTMLElement | undefined;

/** Tells readers of a screen reader what happened. */
export function announce(text: string): void {
  if (region === undefined) {
    region = make('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
    (document.querySelector('main') ?? document.body).append(region);
  }
  region.textContent = text;
}
