import type { FrontMatter } from '../types.js';
import { breakNames } from './name-parts.js';
import { shapeLists } from './shape-lists.js';

/**
 * Gives the HTML of a page the classes that the style sheet needs and that Markdown has no word for: kinds of lists and
 * of tables, the small print. Text is never changed, but for the `:` and `·` that a layout in columns replaces.
 */
export function shapeBody(html: string, kind: FrontMatter['kind']): string {
  if (kind === 'guide') return breakNames(shapeTables(html), true);
  return breakNames(shapeTables(shapeLists(markBreaking(markData(html)))), false);
}

/** Where the facts come from. */
const markData = (html: string): string => html.replaceAll('<p>Data: ', '<p class="fine">Data: ');

const markBreaking = (html: string): string =>
  html.replaceAll(' — <strong>breaking</strong>', ' <strong class="breaking">breaking</strong>');

const TABLE = /<div class="table"([^>]*>\s*<table>\s*<thead>)([^]*?)(<\/thead>[^]*?<\/table>)/g;

/** Columns from which on a table is a matrix: more than a screen can hold beside its first column. */
const MATRIX = 8;

const shapeTables = (html: string): string =>
  html.replace(TABLE, (_, start: string, head: string, rest: string) => {
    const look = lookOf(head);
    const body = look === ' matrix' ? shapeMatrix(rest) : rest;
    return `<div class="table${look}"${start}${head}${body}`;
  });

function lookOf(head: string): string {
  if (head.includes('>Required<')) return ' fields';
  if (head.includes('>Code<')) return ' codes';
  if (head.includes('>Mask<') || head.includes('>Share<') || head.includes('>Package<'))
    return ' compact';
  return head.split('<th').length > MATRIX ? ' matrix' : '';
}

/** What a layer did to a constructor: the changes stand out, the rest is quiet. */
const shapeMatrix = (rows: string): string =>
  rows
    .replace(/<td( data-label="[^"]*">same<)/g, '<td class="same"$1')
    .replace(/<a( [^>]*>(new|changed|removed)<\/a>)/g, '<a class="is-$2"$1');
