import { first } from '../dom.js';
import { SearchDialog } from './dialog.js';

/** Opens the search by `/`, Ctrl-K or Cmd-K, the box in the top bar, and `?q=` in the address. */
export function makeSearchable(): void {
  const box = first('.find');
  if (box === null) return;
  let made: SearchDialog | undefined;
  const dialog = (): SearchDialog => (made ??= new SearchDialog());
  box.setAttribute('role', 'button');
  box.setAttribute('aria-haspopup', 'dialog');
  box.setAttribute('aria-keyshortcuts', '/ Control+K');
  box.addEventListener(
    'focus',
    () =>
      void dialog()
        .load()
        .catch(() => undefined),
  );
  box.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog().open();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === ' ') box.click();
  });
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
