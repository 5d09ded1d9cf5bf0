import { FILLS } from '../emit/options.js';
import { LOOSE_TYPES } from '../model/names.js';
import { anyText, anything, expected, list, object, record, text, type Shape } from './shape.js';

const BY_CODE = record(list(text), { what: 'an error code, as in "400"', test: /^-?\d{1,9}$/ });
const NAMES = list(text);

/** `errors.json`: which errors methods answer with, and who may call them. */
export const ERRORS_FILE = object(
  {
    source: anyText,
    date: anyText,
    layer: anything,
    errors: BY_CODE,
    general: BY_CODE,
    methods: record(BY_CODE),
    callers: record(
      expected('"user", "bot" or "both"', (value) =>
        ['user', 'bot', 'both'].includes(value as string),
      ),
    ),
    $schema: anything,
  },
  { required: ['methods'] },
);

/** One of a few words. */
const oneOf = (words: readonly string[]): Shape =>
  expected(
    `one of ${words.map((word) => `"${word}"`).join(', ')}`,
    (value) => typeof value === 'string' && words.includes(value),
  );

const SUBSTITUTE = object(
  { accepts: oneOf(LOOSE_TYPES), words: anyText },
  { required: ['accepts', 'words'] },
);

/** What a way of filling in needs beside its name. */
const FILL_NEEDS: Readonly<Record<string, string>> = {
  'random-each': 'each',
  constant: 'value',
  setting: 'value',
  empty: 'value',
};
const FILLED = object(
  {
    field: text,
    type: text,
    words: anyText,
    methods: NAMES,
    constructors: NAMES,
    except: NAMES,
    fill: oneOf(FILLS),
    each: text,
    value: expected('a string, number or boolean', (value) =>
      ['string', 'number', 'boolean'].includes(typeof value),
    ),
  },
  {
    required: ['field', 'type', 'words', 'fill'],
    also: ({ fill, ...rule }, path) => {
      const needs = FILL_NEEDS[String(fill)];
      return needs === undefined || needs in rule
        ? []
        : [`${path}.${needs}: this key is required with "${String(fill)}"`];
    },
  },
);
const ALIAS = object(
  {
    alias: text,
    field: text,
    accepts: oneOf(['number', 'string', 'boolean']),
    methods: NAMES,
  },
  { required: ['alias', 'field', 'methods'] },
);
const INSTEAD = object(
  { use: text, words: anyText, methods: NAMES, pending: text },
  { required: ['use', 'words', 'methods'] },
);

/** `overlay.json`: what the runtime adds to methods. */
export const OVERLAY_FILE = object(
  {
    substitutes: record(SUBSTITUTE),
    filled: list(FILLED),
    instead: list(INSTEAD),
    aliases: list(ALIAS),
    parseMode: NAMES,
    $schema: anything,
  },
  { required: ['substitutes'] },
);

const DESCRIBED = record(object({ description: anyText, fields: record(anyText) }));
const typeWords: Shape = (value, path) =>
  typeof value === 'string'
    ? []
    : object({ description: anyText }, { required: ['description'] })(value, path);

/** `docs.json`: descriptions in our own words. */
export const DOCS_FILE = object({
  constructors: DESCRIBED,
  methods: DESCRIBED,
  types: record(typeWords),
  $schema: anything,
});

const ARGUMENT = object({ name: text, comment: anyText }, { required: ['name'], open: true });

/** The data of an npm package that descriptions of errors are taken from; it holds more than is used here. */
export const PACKAGE_ERRORS = object(
  { errors: record(object({ description: anyText }, { open: true })) },
  { required: ['errors'], open: true },
);

/** The data of an npm package that descriptions are taken from; it holds more than is used here. */
export const PACKAGE_DATA = object(
  {
    e: list(
      object(
        {
          kind: expected('"class" or "method"', (value) => value === 'class' || value === 'method'),
          name: text,
          comment: anyText,
          arguments: list(ARGUMENT),
          throws: list(ARGUMENT),
        },
        { required: ['kind', 'name', 'arguments'], open: true },
      ),
    ),
    u: record(anyText),
  },
  { required: ['e'], open: true },
);
