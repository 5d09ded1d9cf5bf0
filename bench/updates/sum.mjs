/** Kinds of update in the mixture, and what numbers an update of each: the number is unique in its kind. */
const NUMBERS = /** @type {[string, (update: any) => number][]} */ ([
  // In short forms, the id stands beside the text.
  ['updateNewMessage', ({ message, id }) => message.id ?? id],
  ['updateNewChannelMessage', ({ message }) => message.id],
  ['updateEditMessage', ({ pts }) => pts],
  ['updateEditChannelMessage', ({ pts }) => pts],
  ['updateDeleteMessages', ({ pts }) => pts],
  ['updateDeleteChannelMessages', ({ pts }) => pts],
  ['updateReadHistoryInbox', ({ pts }) => pts],
  ['updateReadHistoryOutbox', ({ pts }) => pts],
  ['updateReadChannelOutbox', ({ maxId }) => maxId],
  // Who types is not numbered: of these only the count tells.
  ['updateUserTyping', () => 0],
  ['updateChannelUserTyping', () => 0],
]);
const WHOLE = new Map(NUMBERS.map(([name, numberOf], at) => [name, { kind: at + 1, numberOf }]));

const hash = (/** @type {number} */ kind, /** @type {number} */ number) => {
  const mixed = Math.imul(number ^ Math.imul(kind, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) | 0;
};

/** Counts updates and sums what they are, in any order: an update lost, doubled or changed gives another sum. */
export class UpdateSum {
  count = 0;
  sum = 0;

  /**
   * @param {string} name - TL name
   * @param {object} update
   */
  add(name, update) {
    const found = WHOLE.get(name);
    if (found === undefined) throw new Error(`${name} is not in the mixture`);
    this.addNumber(found.kind, found.numberOf(update));
  }

  /**
   * @param {number} kind
   * @param {number} number
   */
  addNumber(kind, number) {
    this.count++;
    this.sum = (this.sum + hash(kind, number)) | 0;
  }
}

/** @param {string} name */
export const kindOf = (name) => WHOLE.get(name)?.kind ?? 0;

/** Of an update as JSON data of the codec. @param {{ _: string }} update */
export const numberOf = (update) => WHOLE.get(update._)?.numberOf(update) ?? 0;

/** Whether updates of a kind bring a new message. @param {number} kind */
export const isMessage = (kind) => kind === 1 || kind === 2;
