import { first } from './dom.js';
import { recall, remember } from './storage.js';

const THEMES = ['system', 'light', 'dark'] as const;

/** A click goes from the system's theme to light, to dark, and round. The script in the page's head applies it before paint. */
export function switchTheme(): void {
  const button = first('.theme');
  if (button === null) return;
  let at = Math.max(0, THEMES.indexOf((recall('theme') ?? 'system') as (typeof THEMES)[number]));
  const show = (): void => {
    const theme = THEMES[at] ?? 'system';
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    const label = `Colour theme: ${theme}`;
    button.setAttribute('aria-label', label);
    button.title = label;
  };
  button.addEventListener('click', () => {
    at = (at + 1) % THEMES.length;
    remember('theme', at === 0 ? null : (THEMES[at] ?? null));
    show();
  });
  show();
}
