import { expect, it } from 'vitest';
import { UpdateEvent } from '../../../../packages/runtime/src/updates/event/index.js';
import { filters } from '../../../../packages/runtime/src/updates/filters/index.js';
import { defaultSettings } from '../../../../packages/runtime/src/client/settings.js';
import { guideFile, proseOf, tableRows } from './guide-files.js';

const guide = guideFile('updates.md');

/** What stands below a heading, up to the next one of any level. */
const section = (heading: string): string => {
  const found = proseOf(guide.body)
    .split(/^(?=#+ )/m)
    .find((one) => one.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`there is no ${heading}`);
  return found;
};

/** Names in backticks in the first cells of a section's tables, without arguments. */
const namesIn = (heading: string): string[] =>
  tableRows(section(heading)).flatMap(([first = '']) =>
    [...first.matchAll(/`(\w+)/g)].map(([, name = '']) => name),
  );

it('the guide of updates has every filter once, and no other', () => {
  const names = namesIn('### Filters');
  expect(names.length).toBeGreaterThan(40);
  expect(names.toSorted()).toEqual(Object.keys(filters).toSorted());
});

it('the guide of updates calls with arguments those filters that are functions', () => {
  const called = tableRows(section('### Filters')).flatMap(([first = '']) =>
    [...first.matchAll(/`(\w+)\(/g)].map(([, name = '']) => name),
  );
  const functions = Object.entries(filters).filter(([, one]) => typeof one === 'function');
  expect(called.toSorted()).toEqual(functions.map(([name]) => name).toSorted());
});

it('the guide of updates has every member of an event, and no other', () => {
  const init = { id: 0, delivery: {}, actions: {}, wait: () => Promise.reject(new Error()) };
  const event = new UpdateEvent(init as never);
  const own = ['id', 'album'];
  const inherited = Object.getOwnPropertyNames(UpdateEvent.prototype);
  const hidden = ['constructor', 'toJSON', 'entity', 'failure'];
  expect(own.every((name) => name in event)).toBe(true);
  expect(namesIn('### The event').toSorted()).toEqual(
    [...own, ...inherited.filter((name) => !hidden.includes(name))].toSorted(),
  );
});

it('the guide of updates has every setting of updates with its default', () => {
  const device = { model: 'M', system: 'S', langCode: 'en', logFile: '' };
  const { updates } = defaultSettings(device, true);
  const told = tableRows(section('## Settings')).map(([name = '', value = '']) => [
    name.replaceAll('`', ''),
    value.replaceAll('`', ''),
  ]);
  const real = Object.entries(updates).map(([name, value]) => [
    `updates.${name}`,
    value === undefined ? 'none' : String(value),
  ]);
  expect(told).toEqual(real);
});
