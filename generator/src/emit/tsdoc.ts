/** Text that may stand in a comment: nothing closes it, no line is empty at its end. */
function safe(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('*/', '*\u200b/')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

function paragraphs(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('\n\n');
}

const see = (useInstead: string | null): string | null =>
  useInstead === null ? null : `@see ${safe(useInstead)}`;

/** Description, TL line and notice of a class, as the body of a TSDoc comment. */
export function classDoc(
  description: string | null,
  tl: string,
  useInstead: string | null,
): string[] {
  const line = `\`${safe(tl)}\``;
  return [`\n${paragraphs([description && safe(description), line, see(useInstead)])}`];
}

/** A one-paragraph TSDoc; none for nothing. */
export function lineDoc(description: string | null): string[] {
  return description && safe(description) !== '' ? [safe(description)] : [];
}

/** Description and notice of a method in `Api`; '' for nothing. */
export function methodDoc(
  description: string | null,
  useInstead: string | null,
  indent: string,
): string {
  const text = paragraphs([...lineDoc(description), see(useInstead)]);
  return text === '' ? '' : starred(text, indent);
}

/** A whole comment: of one line, or one with each line behind a star. '' for nothing. */
export function docComment(description: string | null): string {
  const [text] = lineDoc(description);
  if (text === undefined) return '';
  return text.includes('\n') ? starred(text, '') : `/** ${text} */\n`;
}

/** Lines behind stars; empty ones end with theirs. */
function starred(text: string, indent: string): string {
  const lines = text.split('\n').map((line) => `${indent} * ${line}`.trimEnd());
  return `${indent}/**\n${lines.join('\n')}\n${indent} */\n`;
}

/** Notice of the signature that takes the Bot API's names; pairs are that name and ours. */
export function aliasDoc(renamed: readonly (readonly [string, string])[], indent: string): string {
  const pairs = renamed.map(([alias, name]) => `\`${alias}\` is \`${name}\``).join(', ');
  return starred(`@deprecated Names of the Bot API. Here ${pairs}.`, indent);
}

/** TSDoc of the parameter `parseMode`. */
export function parseModeDoc(indent: string): string {
  return `${indent}/** How \`message\` is marked up; \`entities\` are then made of it. */\n`;
}
