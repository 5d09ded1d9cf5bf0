/**
 * @param {string} file - in `updates/engine/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/updates/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `updates/engine: ${name}`,
  file: `packages/runtime/src/updates/engine/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/updates/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const updatesBoxes = [
  mutant(
    'common-box',
    'a slice that moves seq, though more is to come',
    'this.#moveTo(final ? next : { ...next, seq: marks.seq });',
    'this.#moveTo(next);',
    'boxes',
  ),
  mutant(
    'common-box',
    'a first run that skips what came before its state',
    'lowest !== null && lowest > 0 && lowest < known ? lowest : known;',
    'known;',
    'start',
  ),
  mutant(
    'common-box',
    'a difference that is too long, and nobody is told',
    '        this.#lost(marks.pts, answer.pts);\n',
    '',
    'start',
  ),
  mutant(
    'common-box',
    'a difference that is too long and is not followed by another',
    'this.inquiry.answered(false);\n        this.#lost',
    'this.inquiry.answered(true);\n        this.#lost',
    'start',
  ),
  mutant(
    'common-box',
    'silence that nobody checks',
    'if (now < this.#heardAt + this.context.settings.idle) return;',
    'return;',
    'boxes',
  ),
  mutant(
    'channel-box',
    'a silent channel that nobody asks about',
    'if (now < this.#checkAt) return;',
    'return;',
    'channels',
  ),
  mutant(
    'channel-box',
    'the difference of a channel that is not final counts as whole',
    'this.inquiry.answered(answer.final);',
    'this.inquiry.answered(true);',
    'channels',
  ),
  mutant(
    'channel-box',
    'a channel whose difference is too long, and nobody is told',
    '      out.lost(this.#ledger, { box: this.id, from: this.position, to: pts, messages, entities });',
    '',
    'channels',
  ),
  mutant(
    'channel-boxes',
    'differences of all channels at a time',
    'if (this.#asking.size >= this.context.settings.parallel) return;',
    '',
    'channels',
  ),
  mutant(
    'channel-boxes',
    'a forgotten channel that keeps the place of its request',
    'if (box?.inquiry.asking != null) this.#asking.delete(box.inquiry.asking);',
    '',
    'channels',
  ),
  mutant(
    'channel-boxes',
    'a channel out of reach that is asked about for ever',
    'if (UNREACHABLE.has(error.code)) this.forget(box.id, error.code);\n    else if',
    'if',
    'channels',
  ),
  mutant(
    'common-difference',
    'updates of channels that a common difference brings, and nobody takes',
    'else context.route(item(update), now);',
    '',
    'boxes',
  ),
  mutant(
    'router',
    'updates of a difference whose peers are asked for once more',
    'this.#offer(item, place, now);\n      if (typeof',
    'this.#offerKnown(item, place, now);\n      if (typeof',
    'short',
  ),
  mutant(
    'router',
    'updates whose peers nobody knows are delivered',
    'if (count === 0 || this.knows(item.update, item.entities))',
    'if (true)',
    'short',
  ),
  mutant(
    'router',
    'updates of one container that are taken as they stand',
    'numbered.sort((a, b) => startOf(a.place) - startOf(b.place));',
    '',
    'channels',
  ),
  mutant(
    'router',
    'the first update of a channel counts as known',
    'known ?? this.channels.add(box, pts - count, now);',
    'known ?? this.channels.add(box, pts, now);',
    'channels',
  ),
  mutant(
    'router',
    'updates that are taken though handlers are behind',
    'else if (out.outstanding >= settings.outstanding) this.#refuse(container, from, now);',
    '',
    'start',
  ),
  mutant(
    'router',
    'what no difference would bring is dropped while handlers are behind',
    "} else if (place.box === 'none' || (place.box === 'seq' && seq === 0)) {",
    '} else if (false) {',
    'limits',
  ),
  mutant(
    'router',
    'what no difference would bring is taken without a bound',
    'if (out.outstanding >= 2 * settings.outstanding) this.#drop(now);',
    'if (false) this.#drop(now);',
    'limits',
  ),
  mutant(
    'channel-boxes',
    'a channel that has to begin anew, and whose open deliveries are not saved',
    'if (box.isOpen) this.#leaving.set(box.id, box);',
    '',
    'channels',
  ),
  mutant(
    'channel-boxes',
    'what waited for a difference that failed is dropped with its channel',
    '    box.settle(now);\n    if (UNREACHABLE',
    '    if (UNREACHABLE',
    'short',
  ),
  mutant(
    'channel-boxes',
    'channels without a bound',
    'if (this.#boxes.size >= this.context.settings.channels && !this.#letGo()) return null;',
    '',
    'limits',
  ),
  mutant(
    'router',
    'what was refused is not asked for',
    '    this.common.inquiry.want();\n    for (const update of updates) {',
    '    for (const update of updates) {',
    'start',
  ),
];
