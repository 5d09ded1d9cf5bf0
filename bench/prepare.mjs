import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { layerText } from '../schemas/rebuild/layers.mjs';
import { history, sendMessage } from './history.mjs';
import { Traffic } from './traffic.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const generatorDist = join(here, '../generator/dist');
const MIXED_SEED = 227;

export const generated = join(here, 'generated');

/** @typedef {{ large: Uint8Array[], small: Uint8Array[], mixed: Uint8Array[], request: Uint8Array[] }} Payloads */

/**
 * Generates our package for `layer` and the payloads of all workloads, unless neither the schema nor the generator
 * changed since the last time.
 *
 * @param {number} layer
 */
export async function prepare(layer) {
  const text = layerText(layer);
  const folder = join(generated, `layer${layer}`);
  const stamp = fingerprint(text);
  const stampFile = join(folder, 'stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(folder, { recursive: true, force: true });
  const schema = await generatePackage(text, layer, folder);
  await writePayloads(schema, layer, folder);
  writeFileSync(stampFile, stamp);
}

/** @param {string} text */
function fingerprint(text) {
  const hash = createHash('sha256').update(text);
  const watched = ['emit', 'model', 'schema', 'syntax'].map((room) => join(generatorDist, room));
  for (const folder of [here, join(here, '../templates/code'), ...watched])
    for (const file of readdirSync(folder).sort())
      if (/\.(m?js|hbs)$/.test(file)) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

/**
 * @param {string} text
 * @param {number} layer
 * @param {string} folder
 */
async function generatePackage(text, layer, folder) {
  const { parseSchema } = await import(
    pathToFileURL(join(generatorDist, 'schema/parse-schema.js')).href
  );
  const { generate } = await import(pathToFileURL(join(generatorDist, 'emit/generate.js')).href);
  const { schema } = parseSchema(text, { file: `layer${layer}.tl` });
  const { files } = await generate({ schema, name: `layer${layer}`, layer, standalone: false });
  for (const [path, content] of files) {
    if (!path.endsWith('.js')) continue;
    const target = join(folder, path.replace('dist/generated/', ''));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return schema;
}

/**
 * @param {import('../generator/src/schema/types.js').Schema} schema
 * @param {number} layer
 * @param {string} folder
 */
async function writePayloads(schema, layer, folder) {
  const { encode, fromJson } = await import('@tlgen/codec');
  const { registry } = await import(pathToFileURL(join(folder, 'registry.js')).href);
  const fields = schema.constructors.find((one) => one.name === 'messages.messages')?.fields ?? [];
  const withTopics = fields.some((field) => field.name === 'topics');
  const bytes = (/** @type {object} */ json) =>
    encode(fromJson(/** @type {any} */ (json), registry));
  /** @type {Payloads} */
  const payloads = {
    large: [bytes(history(100, 50, 10, withTopics))],
    small: [bytes(history(1, 1, 1, withTopics))],
    request: [bytes(sendMessage)],
    // mtcute reads these types as plain values, not as objects.
    mixed: new Traffic(schema, MIXED_SEED)
      .all()
      .filter((one) => one.name !== 'null')
      .map((one) => one.bytes),
  };
  for (const [name, list] of Object.entries(payloads))
    writeFileSync(join(folder, `${name}.bin`), pack(list));
}

/** @param {readonly Uint8Array[]} list */
const pack = (list) =>
  Buffer.concat(list.flatMap((bytes) => [Buffer.from(Uint32Array.of(bytes.length).buffer), bytes]));

/**
 * The payloads of a workload, each in a buffer of its own.
 *
 * @param {number} layer
 * @param {string} workload
 */
export function payloadsOf(layer, workload) {
  const data = readFileSync(join(generated, `layer${layer}`, `${workload}.bin`));
  const list = [];
  for (let at = 0; at < data.length;) {
    const length = data.readUInt32LE(at);
    list.push(new Uint8Array(data.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return list;
}
