const LATIN =
  'the quick brown fox jumps over a lazy dog while seven wizards box daily with liquid jugs of red wine'.split(
    ' ',
  );
const CYRILLIC =
  'съешь ещё этих мягких французских булок да выпей чаю потом широкая электрификация южных губерний даст мощный толчок'.split(
    ' ',
  );

/**
 * Words up to about `length` characters.
 *
 * @param {import('./random.mjs').Random} random
 * @param {number} length
 * @param {boolean} cyrillic
 */
export function words(random, length, cyrillic) {
  const source = cyrillic ? CYRILLIC : LATIN;
  let text = random.pick(source);
  while (text.length < length) text += ` ${random.pick(source)}`;
  return text;
}
