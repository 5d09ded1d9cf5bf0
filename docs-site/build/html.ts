const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as it stands in HTML, also within double quotes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The text of an attribute as a browser reads it. */
export const unescapeHtml = (html: string): string =>
  html.includes('&')
    ? html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) =>
        hex === undefined && decimal === undefined
          ? (ENTITIES[String(name)] ?? all)
          : String.fromCodePoint(hex === undefined ? Number(decimal) : parseInt(hex, 16)),
      )
    : html;

/** The fragment of a heading: lower case, `-` for everything but letters and digits, as `tlgen docs` links to it. */
export const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '-');
