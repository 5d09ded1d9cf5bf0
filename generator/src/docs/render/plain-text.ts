/** `, see [here »](…) for more info`: without the link it says nothing. */
const SEE_HERE =
  /[,;:]?\s+\(?(?:see (?:also )?\[here|\[see (?:also )?here)[^\]]*\]\((?:[^()]|\([^()]*\))*\)[^.;]*/gi;

/** Light Markdown of a description as plain text in one line: its first paragraph, without marks. */
export function plainText(markdown: string): string {
  const [first = ''] = markdown.trim().split('\n', 1);
  return first
    .replace(SEE_HERE, '')
    .replace(/!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, '$1')
    .replace(/(\*\*|\*)(?=\S)([^*]+?)(?<=\S)\1/g, '$2')
    .replaceAll('`', '')
    .replace(/\s*[»\u00a0]/g, ' ')
    .replace(/\s+(?=[,.;:)]|$)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Text of at most that many characters, cut between words. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most);
  const end = head.lastIndexOf(' ');
  const cut = end > most / 2 ? head.slice(0, end) : head.slice(0, most - 1);
  // Not in the middle of a surrogate pair.
  return `${cut.replace(/[\s,;:.(–-]+$/, '').replace(/[\ud800-\udbff]$/, '')}…`;
}

/** `The client's apiId` within a sentence: `the client's apiId`. */
export function lowerFirst(words: string): string {
  return /^[A-Z](?:[a-z]|\s)/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

/** With a full stop, unless it ends a sentence already. */
export function sentence(words: string): string {
  return /[.!?…:)]$/.test(words) ? words : `${words}.`;
}

/** `1 method`, `2 methods`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
