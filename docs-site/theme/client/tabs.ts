import { all } from './dom.js';
import { recall, remember } from './storage.js';

interface TabSet {
  /** Sets with the same group choose together, on this page and on others. */
  readonly group: string;
  readonly tabs: readonly HTMLElement[];
  readonly panels: readonly HTMLElement[];
}

/** Makes tabs of `.tabs`; the choice is kept by title, since sets differ in what they offer. */
export function makeTabs(): void {
  const sets = all('.tabs').map(makeSet);
  for (const set of sets) {
    for (const [at, tab] of set.tabs.entries()) {
      tab.addEventListener('click', () => choose(sets, set, at));
      tab.addEventListener('keydown', (event) => {
        const next = target(event.key, at, set.tabs.length);
        if (next === null) return;
        event.preventDefault();
        choose(sets, set, next);
        set.tabs[next]?.focus();
      });
    }
  }
}

function makeSet(box: HTMLElement, number: number): TabSet {
  const set: TabSet = {
    group: box.dataset['tabs'] ?? '',
    tabs: all('[role=tab]', box),
    panels: all('[role=tabpanel]', box),
  };
  for (const [at, panel] of set.panels.entries()) {
    const tab = set.tabs[at];
    if (tab === undefined) continue;
    tab.id ||= `tab-${number}-${at}`;
    panel.id ||= `panel-${number}-${at}`;
    tab.setAttribute('aria-controls', panel.id);
    panel.setAttribute('aria-labelledby', tab.id);
  }
  show(set, Math.max(0, titles(set).indexOf(recall(`tabs:${set.group}`) ?? '')));
  box.classList.add('ready');
  return set;
}

function titles(set: TabSet): string[] {
  return set.tabs.map((tab) => tab.textContent.trim());
}

function show(set: TabSet, chosen: number): void {
  for (const [at, tab] of set.tabs.entries()) {
    tab.setAttribute('aria-selected', String(at === chosen));
    tab.tabIndex = at === chosen ? 0 : -1;
  }
  for (const [at, panel] of set.panels.entries()) panel.hidden = at !== chosen;
}

function choose(sets: readonly TabSet[], from: TabSet, at: number): void {
  const title = titles(from)[at] ?? '';
  remember(`tabs:${from.group}`, title);
  show(from, at);
  for (const set of sets) {
    const same = set === from || set.group !== from.group ? -1 : titles(set).indexOf(title);
    if (same >= 0) show(set, same);
  }
}

function target(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowLeft') return (at + count - 1) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}
