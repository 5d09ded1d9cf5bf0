import { all, first } from './dom.js';

/** Brings the current page into sight within the sidebar, without moving the page itself. */
export function showCurrent(): void {
  const sidebar = first('.sidebar');
  const current = all('.sidebar [aria-current]').at(-1);
  if (sidebar === null || current === undefined) return;
  const top = current.getBoundingClientRect().top - sidebar.getBoundingClientRect().top;
  if (top < 0 || top > sidebar.clientHeight - 48)
    sidebar.scrollTop += top - sidebar.clientHeight / 2;
}

/** On narrow screens the sidebar is a drawer: all else is inert while it is open, and Esc closes it. */
export function makeDrawer(): void {
  const root = document.documentElement;
  const sidebar = first('.sidebar');
  const menu = first('.menu');
  const close = first('.sidebar .close');
  if (sidebar === null || menu === null || close === null) return;
  const others = all('.skip, .bar, main, .toc, footer');
  const open = (yes: boolean): void => {
    root.classList.toggle('drawer', yes);
    menu.setAttribute('aria-expanded', String(yes));
    for (const other of others) other.inert = yes;
    if (yes) showCurrent();
    (yes ? close : menu).focus();
  };
  menu.addEventListener('click', () => open(true));
  close.addEventListener('click', () => open(false));
  const isOpen = (): boolean => root.classList.contains('drawer');
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen()) open(false);
  });
  addEventListener('pointerdown', (event) => {
    if (isOpen() && event.target instanceof Node && !sidebar.contains(event.target)) open(false);
  });
  matchMedia('(min-width: 60.01rem)').addEventListener('change', () => {
    if (isOpen()) open(false);
  });
}
