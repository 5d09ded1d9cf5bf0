import { all } from './dom.js';

/** Below the bar and the stuck signature, a heading counts as read from here on. */
const READ_LINE_PX = 140;

/** Marks the part that is being read in "On this page". */
export function followContents(): void {
  const links = all('.toc a') as HTMLAnchorElement[];
  const parts = links.flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading === null ? [] : [{ link, heading }];
  });
  if (parts.length === 0) return;
  let waiting = false;
  const update = (): void => {
    waiting = false;
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2 && scrollY > 0;
    const read = parts.filter(({ heading }) => heading.getBoundingClientRect().top <= READ_LINE_PX);
    const current = atEnd ? parts.at(-1) : (read.at(-1) ?? parts[0]);
    for (const part of parts) {
      if (part === current) part.link.setAttribute('aria-current', 'true');
      else part.link.removeAttribute('aria-current');
    }
  };
  const later = (): void => {
    if (!waiting) requestAnimationFrame(update);
    waiting = true;
  };
  addEventListener('scroll', later, { passive: true });
  addEventListener('resize', later);
  update();
}
