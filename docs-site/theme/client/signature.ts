import { first } from './dom.js';

/** Height of the stuck line: 2.75rem in styles/43-tl.css. */
const LINE_REM = 2.75;

/**
 * Keeps the page's own TL line in sight: when all but the height of one line has left the screen, the block shrinks to
 * that line and sticks below the bar. What it loses becomes margin (`--above`), so the text below never moves.
 */
export function stickSignature(): void {
  const block = first('.tl-signature');
  const bar = first('.bar');
  if (block === null || bar === null) return;
  let above = 0;
  const update = (): void => {
    block.classList.toggle('stuck', startOf(block) + above < bar.offsetHeight);
  };
  const measure = (): void => {
    block.classList.remove('stuck');
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    above = block.getBoundingClientRect().bottom - LINE_REM * rem - startOf(block);
    block.style.setProperty('--above', `${above}px`);
    update();
  };
  addEventListener('scroll', update, { passive: true });
  addEventListener('resize', measure);
  measure();
}

/** Where what stands before the block ends. */
function startOf(block: HTMLElement): number {
  const before = block.previousElementSibling?.getBoundingClientRect().bottom;
  return before ?? block.parentElement?.getBoundingClientRect().top ?? 0;
}
