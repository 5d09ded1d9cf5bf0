import { all } from '../dom.js';
import { SearchDialog } from './dialog.js';

/** Opens the search by `/`, Ctrl-K or Cmd-K, the boxes of the pages, and `?q=` in the address. */
export function makeSearchable(): void {
  const boxes = all('.find, .hero-find');
  if (boxes.length === 0) return;
  let made: SearchDialog | undefined;
  const dialog = (): SearchDialog => (made ??= new SearchDialog());
  for (const box of boxes) {
    box.setAttribute('role', 'button');
    box.setAttribute('aria-haspopup', 'dialog');
    box.setAttribute('aria-keyshortcuts', '/ Control+K');
    box.addEventListener('focus', () => void dialog().load().catch(() => undefined)); // prettier-ignore
    box.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      dialog().open();
    });
    box.addEventListener('keydown', (event) => {
      if (event.key === ' ') box.click();
    });
  }
  addEventListener('keydown', (event) => {
    if (!opens(event)) return;
    event.preventDefault();
    dialog().open();
  });
  const asked = new URLSearchParams(location.search).get('q');
  if (asked !== null) dialog().open(asked);
}

function opens(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) return true;
  const field = event.target instanceof Element && event.target.closest('input, textarea');
  // For a moment, the input of a closed dialog still has the keyboard.
  const typing = field && field.checkVisibility();
  return event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
}
