/**
 * `SendMessage` → `sendMessage`.
 *
 * @param {string} name
 */
export const lowerFirst = (name) => name.charAt(0).toLowerCase() + name.slice(1);

/**
 * `msgIds` → `msg_ids`, `thumbW` → `thumb_w`.
 *
 * @param {string} name
 */
export const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * The ways camelCase fields may have been spelt in TL, the usual one first: each in snake_case or, like
 * `srp_B` and `M1`, as it stands.
 *
 * @param {readonly string[]} names
 * @returns {Generator<string[]>}
 */
export function* fieldSpellings(names) {
  const choices = names.map((name) => [...new Set([snakeCase(name), name])]);
  const total = choices.reduce((product, list) => product * list.length, 1);
  for (let n = 0; n < Math.min(total, 65536); n++) {
    let rest = n;
    yield choices.map((list) => {
      const choice = list[rest % list.length];
      rest = Math.floor(rest / list.length);
      return choice;
    });
  }
}
