/**
 * Small mistakes as people make them: pattern and replacement, applied to one place at a time.
 *
 * @type {readonly { readonly name: string; readonly pattern: RegExp; readonly to: string }[]}
 */
export const operators = [
  { name: 'off by one', pattern: /(?<= )> (?=this\.|limits|most|end|left)/g, to: '>= ' },
  { name: 'less or equal', pattern: /(?<= )< (?=end|count|items|value|length)/g, to: '<= ' },
  { name: 'equality turned', pattern: / !== /g, to: ' === ' },
  { name: 'identity turned', pattern: / === /g, to: ' !== ' },
  { name: 'wrong step', pattern: /at \+ 4;/g, to: 'at + 8;' },
  { name: 'wrong step', pattern: /at \+ 8;/g, to: 'at + 4;' },
  { name: 'wrong mask', pattern: /& ~3/g, to: '& ~1' },
  { name: 'wrong limit', pattern: /254/g, to: '255' },
  { name: 'wrong shift', pattern: />>> 8/g, to: '>>> 7' },
  { name: 'wrong word', pattern: /scratch\[1\]/g, to: 'scratch[0]' },
  { name: 'and for or', pattern: / \|\| /g, to: ' && ' },
  { name: 'or for and', pattern: / && /g, to: ' || ' },
  { name: 'always copies', pattern: /this\.copies \?/g, to: '!this.copies ?' },
  { name: 'depth forgotten', pattern: /this\.depth--;/g, to: '' },
  { name: 'check dropped', pattern: /if \([^;{]*\)\s*this\.fail\w*\([^;]*\);/g, to: ';' },
  { name: 'true for false', pattern: /return false;/g, to: 'return true;' },
];

/**
 * Every single change that the operators can make to a text.
 *
 * @param {string} text
 */
export function* mutantsOf(text) {
  for (const { name, pattern, to } of operators) {
    for (const match of text.matchAll(pattern)) {
      const at = match.index;
      const line = text.slice(0, at).split('\n').length;
      const mutated =
        text.slice(0, at) + match[0].replace(match[0], to) + text.slice(at + match[0].length);
      yield { name, line, mutated, was: (text.split('\n')[line - 1] ?? '').trim() };
    }
  }
}
