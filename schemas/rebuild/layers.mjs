import { join } from 'node:path';
import { tlFromGramjs } from './gramjs.mjs';
import { tlFromMtcute } from './mtcute.mjs';
import { findPackage, readJson, readModule } from './packages.mjs';

/** Older layers of the API and the npm package each comes from: material for tests, never committed. */
export const layerSources = new Map([
  [198, { package: 'telegram', read: fromGramjs }],
  [218, { package: 'mtcute-tl-218', read: (folder) => fromMtcute(folder, 'api-schema.json') }],
  [220, { package: 'mtcute-tl-220', read: (folder) => fromMtcute(folder, 'api-schema.json') }],
  [221, { package: 'mtcute-tl-221', read: (folder) => fromMtcute(folder, 'api-schema.json') }],
  [223, { package: 'mtcute-tl-223', read: (folder) => fromMtcute(folder, 'api-schema.json') }],
  [227, { package: '@mtcute/core', read: (folder) => fromMtcute(folder, 'tl/api-schema.json') }],
]);

/**
 * TL text of an older layer.
 *
 * @param {number} layer
 * @param {string | null} [folder] of the unpacked package; otherwise the installed one
 */
export function layerText(layer, folder = null) {
  const source = layerSources.get(layer);
  if (!source) throw new Error(`no npm package is known to hold layer ${layer}`);
  const place = folder ?? findPackage(source.package);
  if (place === null) throw new Error(`layer ${layer} needs the npm package ${source.package}`);
  return source.read(place);
}

/** @param {string} folder */
function fromGramjs(folder) {
  const { LAYER } = readModule(join(folder, 'tl/AllTLObjects.js'));
  return tlFromGramjs(readModule(join(folder, 'tl/apiTl.js')), LAYER);
}

/**
 * @param {string} folder
 * @param {string} file
 */
const fromMtcute = (folder, file) => tlFromMtcute(readJson(join(folder, file)));
