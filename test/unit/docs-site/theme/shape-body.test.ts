import { describe, expect, it } from 'vitest';
import { shapeBody } from '../../../../docs-site/build/view/shape-body.js';

const table = (columns: readonly string[], row: readonly string[]): string =>
  `<div class="table" tabindex="0">\n<table>\n<thead>\n<tr>\n${columns
    .map((one) => `<th scope="col">${one}</th>\n`)
    .join('')}</tr>\n</thead>\n<tbody>\n<tr>\n${row
    .map((cell, at) => `<td data-label="${columns[at]}">${cell}</td>\n`)
    .join('')}</tr>\n</tbody>\n</table></div>\n`;

describe('lists', () => {
  const list = (...items: readonly string[]): string =>
    `<ul>\n${items.map((item) => `<li>${item}</li>\n`).join('')}</ul>\n`;
  const link = '<a href="a.html">a</a>';

  it('tells names, kinds and entries apart', () => {
    expect(shapeBody(list(link, link), 'type')).toContain('<ul class="names">');
    expect(shapeBody(list(`${link} · error`), 'index')).toContain(
      `<ul class="kinds">\n<li>${link} <span>error</span></li>`,
    );
    expect(shapeBody(list(`${link}: About <a href="b.html">b</a>`, link), 'index')).toContain(
      `<ul class="entries">\n<li>${link} <span>About <a href="b.html">b</a></span></li>\n<li>${link}</li>`,
    );
  });

  it('leaves other lists and guides as they are', () => {
    const prose = list('Plain words', link);
    const nested = list(`${link}\n${list('inside')}`);
    expect(shapeBody(prose, 'type')).toBe(prose);
    expect(shapeBody(nested, 'layer')).toBe(nested);
    expect(shapeBody(list(link), 'guide')).toBe(list(link));
  });

  it('marks what breaks, also among names', () => {
    const shaped = shapeBody(list(`${link} — <strong>breaking</strong>`, link), 'layer');
    expect(shaped).toContain('<ul class="names">');
    expect(shaped).toContain(`${link} <strong class="breaking">breaking</strong></li>`);
  });
});

describe('tables', () => {
  it.each([
    [['Name', 'Type', 'Required', 'Description'], 'fields'],
    [['Code', 'Type', 'Description'], 'codes'],
    [['Word', 'Bit', 'Mask', 'Fields'], 'compact'],
    [['What', 'Described', 'All', 'Share'], 'compact'],
  ])('of %j are %s', (columns, look) => {
    expect(shapeBody(table(columns, columns), 'method')).toContain(`<div class="table ${look}"`);
  });

  it('of few unknown columns stay as they are', () => {
    const plain = table(['Layers', '8', '17'], ['id', '1', '2']);
    expect(shapeBody(plain, 'constructor')).toBe(plain);
  });

  it('of many columns are matrices: changes stand out, the rest is quiet', () => {
    const layers = ['Constructor', '8', '17', '20', '23', '45', '46', '66'];
    const row = ['x', '<a href="x.html">new</a>', ...layers.slice(2).map(() => 'same')];
    const shaped = shapeBody(table(layers, row), 'index');
    expect(shaped).toContain('<div class="table matrix"');
    expect(shaped).toContain('<a class="is-new" href="x.html">new</a>');
    expect(shaped).toContain('<td class="same" data-label="66">same</td>');
  });
});
