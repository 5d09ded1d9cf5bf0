const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
  '&amp;': '&',
};

/** HTML of a description as Markdown. Only tags are taken for tags: `<user_id>` is text. */
export function plainWords(html: string): string {
  return html
    .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs, '[$2]($1)')
    .replace(/\{@link ([^}]*)\}/g, (_, name: string) => `\`${tlName(name)}\``)
    .replace(/<\/?code>/g, '`')
    .replace(/<\/?strong>/g, '**')
    .replace(/<\/?em>/g, '*')
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<img\b[^>]*?\balt="([^"]*)"[^>]*>/g, '$1')
    .replace(/<\/?(?:img|u|del|pre|blockquote|p|span|div|ul|ol|li)\b[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .trim();
}

/** `messages.RawGetPollVotesRequest` → `messages.getPollVotes`. */
function tlName(className: string): string {
  const dot = className.lastIndexOf('.') + 1;
  const local = className
    .slice(dot)
    .replace(/^Raw(?=[A-Z])/, '')
    .replace(/(?<=.)Request$/, '');
  return className.slice(0, dot) + local.charAt(0).toLowerCase() + local.slice(1);
}
