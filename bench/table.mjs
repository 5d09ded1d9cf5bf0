/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} unit
 * @property {number | null} budget
 * @property {number | null} ratio
 * @property {boolean | null} reached
 * @property {{ name: string, median: number, least: number, most: number }[]} subjects
 */

const number = (/** @type {number} */ value) =>
  value >= 1000 ? value.toFixed(0) : value >= 100 ? value.toFixed(0) : value.toPrecision(3);

/** @param {Result} result */
export function row({ name, unit, budget, ratio, reached, subjects }) {
  const values = subjects.map(
    (one) =>
      `${one.name} ${number(one.median)} ${unit} (${number(one.least)} to ${number(one.most)})`,
  );
  const limit =
    budget === null
      ? ''
      : ratio === null
        ? `budget ${budget} ${unit}: `
        : `budget ${budget.toFixed(2)}x: `;
  const verdict = reached === null ? '' : `${limit}${reached ? 'reached' : 'MISSED'}`;
  const gain = ratio === null ? '' : `${ratio.toFixed(2)}x the best peer`;
  const head = `${name.padEnd(32)}${[gain, verdict].filter(Boolean).join('; ')}`;
  return [head.trimEnd(), ...values.map((value) => `    ${value}`)].join('\n');
}

/** @param {readonly Result[]} results */
export function summary(results) {
  const judged = results.filter((one) => one.reached !== null);
  const missed = judged.filter((one) => !one.reached).map((one) => one.name);
  const met = `${judged.length - missed.length} of ${judged.length} budgets reached.`;
  return missed.length > 0 ? `${met} Missed: ${missed.join(', ')}.` : met;
}
