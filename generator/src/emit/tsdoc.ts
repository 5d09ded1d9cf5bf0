/** Text that may stand in a comment: nothing closes it, no line is empty at its end. */
function safe(text: string): string {
  return text
    .replaceAll('*/', '*\u200b/')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

/** Description, TL line and notice of a class, as the body of a TSDoc comment. */
export function classDoc(
  description: string | null,
  tl: string | null,
  useInstead: string | null,
): string[] {
  const parts = [
    description && safe(description),
    tl && `\`${safe(tl)}\``,
    useInstead && `@see ${safe(useInstead)}`,
  ];
  const text = parts.filter((part) => part).join('\n\n');
  return text === '' ? [] : [`\n${text}`];
}

/** A one-paragraph TSDoc; none for nothing. */
export function lineDoc(description: string | null): string[] {
  return description && safe(description) !== '' ? [safe(description)] : [];
}
