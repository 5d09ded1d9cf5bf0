import { announce } from './announce.js';
import { all } from './dom.js';

const SHOWN_MS = 1600;

/** Buttons copy the block they stand in (`data-copy`) or a text of their own (`data-copies`). */
export function makeCopyable(): void {
  for (const button of all('[data-copy], [data-copies]')) {
    button.addEventListener('click', () => {
      copy(textOf(button)).then(
        () => confirm(button),
        () => announce('Copying is not allowed here'),
      );
    });
  }
}

function textOf(button: HTMLElement): string {
  return (
    button.dataset['copies'] ??
    button.parentElement?.querySelector('pre')?.textContent.trimEnd() ??
    ''
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
  }
}

/** For pages that are not served securely: there is no clipboard there. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!copied) throw new Error('not copied');
}

/** Buttons that say so now, and when they stop. */
const confirmed = new WeakMap<HTMLElement, number>();

function confirm(button: HTMLElement): void {
  const isCopy = 'copy' in button.dataset;
  button.classList.add('done');
  if (isCopy) button.textContent = 'Copied';
  announce('Copied');
  clearTimeout(confirmed.get(button));
  const timer = setTimeout(() => {
    button.classList.remove('done');
    if (isCopy) button.textContent = 'Copy';
    announce('');
  }, SHOWN_MS);
  confirmed.set(button, timer);
}
