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

/** On narrow screens the sidebar is a drawer, a modal dialog while it is open: the keyboard stays in it, Esc closes it. */
export function makeDrawer(): void {
  const root = document.documentElement;
  const sidebar = first('.sidebar');
  const menu = first('.menu');
  const close = first('.sidebar .close');
  if (sidebar === null || menu === null || close === null) return;
  const open = (yes: boolean): void => {
    root.classList.toggle('drawer', yes);
    menu.setAttribute('aria-expanded', String(yes));
    const role = { role: 'dialog', 'aria-modal': 'true', 'aria-label': 'Menu' };
    for (const [name, value] of Object.entries(role)) {
      if (yes) sidebar.setAttribute(name, value);
      else sidebar.removeAttribute(name);
    }
    (yes ? close : menu).focus();
    if (yes) showCurrent();
  };
  menu.addEventListener('click', () => open(true));
  close.addEventListener('click', () => open(false));
  const isOpen = (): boolean => root.classList.contains('drawer');
  addEventListener('keydown', (event) => {
    if (!isOpen()) return;
    if (event.key === 'Escape') open(false);
    if (event.key === 'Tab') keepInside(event, sidebar);
  });
  addEventListener('pointerdown', (event) => {
    if (isOpen() && !sidebar.contains(event.target as Node)) open(false);
  });
  matchMedia('(min-width: 60.01rem)').addEventListener('change', () => {
    if (isOpen()) open(false);
  });
}

/** Tab goes from the last stop to the first, and back. */
function keepInside(event: KeyboardEvent, box: HTMLElement): void {
  const stops = all('a, button, summary', box).filter((stop) => stop.checkVisibility());
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== from) return;
  event.preventDefault();
  to?.focus();
}
