const LIST = /<ul>\n((?:<li>(?:(?!<\/?ul>)[^])*<\/li>\n)+)<\/ul>/g;
const ITEM =
  /<li>(<a [^>]*>[^<]*<\/a>(?: <strong class="breaking">[^<]*<\/strong>)?)(?:(: | · )([^]*?))?<\/li>\n/g;

/**
 * Tells lists of links apart: `names` (links alone), `kinds` (each with its kind, as in A–Z) and `entries` (each with a
 * description, in a column of its own). Other lists stay as they are.
 */
export const shapeLists = (html: string): string =>
  html.replace(LIST, (list, items: string) => {
    const marks = new Set<string>();
    const shaped = items.replace(ITEM, (_, link: string, mark = '', text = '') => {
      marks.add(mark);
      return mark === '' ? `<li>${link}</li>\n` : `<li>${link} <span>${text}</span></li>\n`;
    });
    // Something in it is not a link with or without a text.
    if (items.replace(ITEM, '') !== '') return list;
    const look = marks.has(': ') ? 'entries' : marks.has(' · ') ? 'kinds' : 'names';
    return `<ul class="${look}">\n${shaped}</ul>`;
  });
