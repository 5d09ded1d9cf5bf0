/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} unit
 * @property {number | null} budget
 * @property {number | null} ratio
 * @property {boolean | null} reached
 * @property {{ peer: string, ratio: number, measured: number }} [also] - another ratio, with its budget
 * @property {Figures[]} subjects
 *
 * @typedef {object} Figures
 * @property {string} name
 * @property {number} median
 * @property {number} least
 * @property {number} most
 * @property {number} [perSecond] - units per second of wall time in the median run
 * @property {string} [note] - what else the median run has to say
 */

const number = (/** @type {number} */ value) =>
  value >= 1000 ? value.toFixed(0) : value >= 100 ? value.toFixed(0) : value.toPrecision(3);

const perUnit = (/** @type {string} */ unit) => unit.split('/')[1] ?? 'calls';

/** @param {Result} result */
export function row({ name, unit, budget, ratio, also, reached, subjects }) {
  const values = subjects.map(({ name: library, median, least, most, perSecond, note }) => {
    const rate = perSecond === undefined ? '' : `, ${number(perSecond)} ${perUnit(unit)}/s`;
    return `${library} ${number(median)} ${unit} (${number(least)} to ${number(most)})${rate}${note ? `, ${note}` : ''}`;
  });
  const limit =
    budget === null
      ? ''
      : ratio === null
        ? `budget ${budget} ${unit}: `
        : `budget ${budget.toFixed(2)}x: `;
  const verdict = reached === null ? '' : `${limit}${reached ? 'reached' : 'MISSED'}`;
  const other = also ? `, ${also.measured.toFixed(1)}x ${also.peer} (budget ${also.ratio}x)` : '';
  const gain = ratio === null ? '' : `${ratio.toFixed(2)}x the best peer${other}`;
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
