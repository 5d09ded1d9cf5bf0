import { all } from './dom.js';

/** Blocks that scroll sideways can be reached by keyboard; those that do not are no stops on the way. */
export function reachScrollers(): void {
  const observer = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof HTMLElement)) continue;
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute('tabindex');
    }
  });
  for (const block of all('.code pre, .table')) observer.observe(block);
}
