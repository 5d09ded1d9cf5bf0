import { first, make } from './dom.js';

/** Height of the stuck line: 2.75rem in styles/43-tl.css. */
const LINE_REM = 2.75;

/**
 * Keeps the page's own TL line in sight: when all but the height of one line has left the screen, the block shrinks to
 * that line and sticks below the bar. What it loses becomes its margin (`--spare`), so the text below never jumps.
 */
export function stickSignature(): void {
  const block = first('.tl-signature');
  const bar = first('.bar');
  if (block === null || bar === null) return;
  const mark = make('div');
  block.before(mark);
  let spare = 0;
  const update = (): void => {
    // The mark has no height: the block's top margin lies between it and the block.
    const gone = bar.offsetHeight - mark.getBoundingClientRect().top - margin;
    block.classList.toggle('stuck', gone > Math.max(spare, 0));
  };
  let margin = 0;
  const measure = (): void => {
    block.classList.remove('stuck');
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    margin = block.getBoundingClientRect().top - mark.getBoundingClientRect().top;
    spare = Math.max(0, block.offsetHeight - LINE_REM * rem);
    block.style.setProperty('--spare', `${spare}px`);
    update();
  };
  addEventListener('scroll', update, { passive: true });
  addEventListener('resize', measure);
  measure();
}
