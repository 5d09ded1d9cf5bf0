import type { MarkdownIt, Token } from 'markdown-it';
import { escapeHtml, slug } from '../html.js';
import type { MarkdownContext } from './context.js';
import { HeadingTrail, html, textOf, type Pass } from './tokens.js';

const MARK = /^<!-- (\/?)tabs -->\s*$/;

/** Lets the parser see `<!-- tabs -->` and `<!-- /tabs -->`, the only HTML that pages may hold. */
export function tabMarks(md: MarkdownIt): void {
  md.block.ruler.before(
    'paragraph',
    'tabs',
    (state, line, _end, silent) => {
      const found = MARK.exec(state.getLines(line, line + 1, 0, false).trim());
      if (!found) return false;
      if (silent) return true;
      state.push(found[1] === '/' ? 'tabs_close' : 'tabs_open', '', 0).map = [line, line + 1];
      state.line = line + 1;
      return true;
    },
    { alt: ['paragraph', 'list', 'blockquote'] },
  );
}

interface Tab {
  readonly title: string;
  readonly tokens: Token[];
}

/** Makes tabs of what stands between the marks; without a script all panels are shown below each other. */
export const makeTabs: Pass<MarkdownContext> = (tokens, context) => {
  const trail = new HeadingTrail(context.page.front.title);
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    trail.see(token, tokens[at + 1]);
    if (token.type === 'tabs_close') context.faults.push(`${context.page.path}: tabs end twice`);
    else if (token.type !== 'tabs_open') out.push(token);
    else {
      const end = tokens.findIndex((other, place) => place > at && other.type === 'tabs_close');
      const tabs = tabsOf(tokens.slice(at + 1, end < 0 ? undefined : end));
      if (end < 0 || tabs === null)
        context.faults.push(
          `${context.page.path}: between <!-- tabs --> and <!-- /tabs --> stand bold lines, each with its content`,
        );
      else out.push(...printTabs(tabs, trail.nearest, context));
      at = end < 0 ? tokens.length : end;
    }
  }
  return out;
};

/** Tabs of the tokens between the marks; null when they do not begin with a bold line. */
function tabsOf(tokens: readonly Token[]): Tab[] | null {
  const tabs: Tab[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const title = boldLine(tokens, at);
    const [token, last] = [tokens[at], tabs.at(-1)];
    if (title !== null) {
      tabs.push({ title, tokens: [] });
      at += 2;
    } else if (token && last) last.tokens.push(token);
    else return null;
  }
  return tabs.length === 0 ? null : tabs;
}

function boldLine(tokens: readonly Token[], at: number): string | null {
  const [open, inline] = [tokens[at], tokens[at + 1]];
  if (open?.type !== 'paragraph_open' || open.level !== 0) return null;
  const parts = (inline?.children ?? []).filter(
    (part) => part.type !== 'text' || part.content !== '',
  );
  const isBold =
    parts.length === 3 && parts[0]?.type === 'strong_open' && parts[2]?.type === 'strong_close';
  return isBold ? textOf(inline) : null;
}

function printTabs(tabs: readonly Tab[], label: string, context: MarkdownContext): Token[] {
  const ids = tabs.map(({ title }) => {
    const name = slug(title);
    return [context.uniqueId(`tab-${name}`), context.uniqueId(`panel-${name}`)] as const;
  });
  const buttons = tabs.map(({ title }, at) => {
    const [tab, panel] = ids[at] ?? ['', ''];
    return `<button type="button" role="tab" id="${tab}" aria-controls="${panel}" aria-selected="${at === 0}">${escapeHtml(title)}</button>`;
  });
  const list = `<div role="tablist" aria-label="${escapeHtml(label)}">${buttons.join('')}</div>`;
  const panels = tabs.flatMap(({ title, tokens }, at) => {
    const [tab, panel] = ids[at] ?? ['', ''];
    const open = `<div role="tabpanel" id="${panel}" aria-labelledby="${tab}" data-title="${escapeHtml(title)}">\n`;
    return [html(open), ...tokens, html('</div>\n')];
  });
  return [html(`<div class="tabs" data-tabs="example">${list}\n`), ...panels, html('</div>\n')];
}
