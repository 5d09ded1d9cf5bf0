import { make } from '../dom.js';
import { loadScript, siteBase } from '../load-script.js';
import type { Engine } from './engine.js';
import type { Entry, Index } from './entries.js';

const MOST = 30;
const EXAMPLES = ['sendEncrypted', '0x44fa7a15', 'flood wait', '420'];

/** The search dialog: a combobox over a list box; the keyboard stays in the input. */
export class SearchDialog {
  readonly #input = make('input', {
    type: 'text',
    role: 'combobox',
    placeholder: 'Search names, ids, errors, guides',
    'aria-label': 'Search',
    'aria-autocomplete': 'list',
    'aria-controls': 'hits',
    'aria-expanded': 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
  }) as HTMLInputElement;
  readonly #list = make('div', { id: 'hits', class: 'hits', role: 'listbox', 'aria-label': 'Found' }); // prettier-ignore
  readonly #hints = make('div', { class: 'hints' });
  readonly #status = make('span', { role: 'status' });
  readonly #dialog: HTMLDialogElement;
  #engine: Engine | undefined;
  #index: Index | undefined;
  #loading: Promise<void> | undefined;
  #rows: readonly HTMLElement[] = [];
  #at = 0;

  constructor() {
    const name = make('span', { class: 'unseen' }, ' Close search');
    const close = make('button', { type: 'button' }, make('kbd', {}, 'Esc'), name);
    const keys = make('span', { 'aria-hidden': 'true' }, '↑ ↓ to move, Enter to open');
    this.#dialog = make(
      'dialog',
      { class: 'search', 'aria-label': 'Search' },
      make('div', { class: 'search-head' }, this.#input, close),
      this.#list,
      this.#hints,
      make('div', { class: 'search-foot' }, this.#status, keys),
    ) as HTMLDialogElement;
    this.#input.addEventListener('input', () => this.#update());
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    this.#list.addEventListener('click', (event) => this.#onClick(event));
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
    document.body.append(this.#dialog);
  }

  /** Opens it, with a query or the one of before. */
  open(query?: string): void {
    if (query !== undefined) this.#input.value = query;
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#input.select();
    this.#update();
    this.load().then(
      () => this.#update(),
      () => this.#hint('The list of names could not be loaded.'),
    );
  }

  /** Loads the names, once; a failure may be tried again. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<void> {
    try {
      const scripts = ['symbols.js', 'assets/search.js'];
      await Promise.all(scripts.map((path) => loadScript(siteBase + path)));
      const { tlgenSearch, tlgenSymbols } = window;
      if (!tlgenSearch || !tlgenSymbols) throw new Error('a script holds nothing');
      this.#engine = tlgenSearch;
      this.#index = tlgenSearch.createIndex(tlgenSymbols);
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  #update(): void {
    const query = this.#input.value.trim();
    const [engine, index] = [this.#engine, this.#index];
    if (!engine || !index) return this.#hint('Loading…');
    if (query === '') {
      const recent = engine.recentEntries(index);
      this.#show(recent, '');
      if (recent.length === 0) this.#hint('Try a name, an id, an error or its code:', EXAMPLES);
      else this.#status.textContent = 'Found last';
      return;
    }
    const hits = engine.search(index, query, MOST);
    this.#show(hits.map((hit) => hit.entry), query); // prettier-ignore
    if (hits.length === 0)
      this.#hint(`Nothing is called “${query}”. Try fewer letters, or:`, EXAMPLES); // prettier-ignore
    else this.#status.textContent = `${hits.length === MOST ? 'Best ' : ''}${hits.length} found`;
  }

  #show(entries: readonly Entry[], query: string): void {
    const render = this.#engine?.renderHit;
    this.#rows = render ? entries.map((entry, at) => render(entry, query, at)) : [];
    this.#list.replaceChildren(...this.#rows);
    this.#list.scrollTop = 0;
    this.#list.hidden = this.#rows.length === 0;
    this.#hints.hidden = this.#rows.length > 0;
    this.#input.setAttribute('aria-expanded', String(this.#rows.length > 0));
    this.#select(0);
  }

  #hint(text: string, examples: readonly string[] = []): void {
    this.#show([], '');
    this.#status.textContent = '';
    const buttons = examples.map((example) => {
      const button = make('button', { type: 'button' }, example);
      button.addEventListener('click', () => this.open(example));
      return button;
    });
    this.#hints.replaceChildren(make('p', { role: 'status' }, text), ...buttons);
  }

  #select(at: number): void {
    this.#at = at;
    for (const [index, row] of this.#rows.entries())
      row.setAttribute('aria-selected', String(index === at));
    const row = this.#rows[at];
    if (row === undefined) return this.#input.removeAttribute('aria-activedescendant');
    this.#input.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#rows[this.#at]?.click();
    const count = this.#rows.length;
    const moves: Record<string, number> = {
      ArrowDown: (this.#at + 1) % count,
      ArrowUp: (this.#at + count - 1) % count,
      Home: 0,
      End: count - 1,
    };
    const next = moves[event.key];
    if (next === undefined || event.shiftKey || count === 0) return;
    event.preventDefault();
    this.#select(next);
  }

  #onClick(event: MouseEvent): void {
    const row = event.target instanceof Element ? event.target.closest('.hit') : null;
    const path = row?.getAttribute('href')?.slice(siteBase.length);
    if (path === undefined) return;
    this.#engine?.keepRecent(decodeURI(path));
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.#dialog.close();
  }
}
