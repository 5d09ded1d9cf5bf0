// The documentation: `build` writes docs-site/content and docs-site/dist, `dev` and `preview` serve them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { installOnce, node, root, tsc7 } from './tools.mjs';

const cache = `${root}.cache/docs`;
const content = 'docs-site/content';
const usage = `${cache}/content-usage.json`;

const [command, ...rest] = process.argv.slice(2);
if (command === 'build') await build();
else if (command === 'dev' || command === 'preview') await serve();
else {
  console.error('Usage: node scripts/docs.mjs build | dev | preview [--site-url URL] [--port N]');
  process.exit(2);
}

async function build() {
  prepare();
  const spent = await generate();
  const cli = `${root}docs-site/.build/cli.js`;
  runWith({ TLGEN_CONTENT_USAGE: usage }, [cli, 'build', '--spent', String(spent), ...rest]);
}

async function serve() {
  if (command === 'dev' && !existsSync(`${root}${content}/symbols.json`)) {
    prepare();
    await generate();
  } else compile();
  // In this process, so that whoever ends it ends the server.
  await import('../docs-site/.build/cli.js');
}

/** Installs and builds the generator and the packages, then the site's own builder. */
function prepare() {
  node('scripts/build.mjs');
  compile();
}

function compile() {
  installOnce();
  node(tsc7, '-p', 'docs-site');
}

/** Writes the Markdown, with the history that older layers tell; gives the seconds it took. */
async function generate() {
  const layers = await olderLayers();
  const older = layers.flatMap((file) => ['--older', file]);
  rmSync(usage, { force: true });
  const start = performance.now();
  const measure = ['--import', new URL('../docs-site/.build/measure.js', import.meta.url).href];
  const tlgen = [`${root}generator/bin/tlgen.mjs`, 'docs', '--out', content, ...older];
  // Most of the peak is garbage that nobody has collected yet.
  runWith({ TLGEN_MEASURE: usage }, ['--max-semi-space-size=4', ...measure, ...tlgen]);
  return (performance.now() - start) / 1000;
}

/** Files of the older layers that npm packages hold; they are never committed. */
async function olderLayers() {
  const { layerSources, layerText } = await import('../schemas/rebuild/layers.mjs');
  const manifest = JSON.parse(readFileSync(`${root}schemas/manifest.json`, 'utf8'));
  // Lines that one library added to Telegram's are no history of the API.
  const foreign = Object.keys(manifest.idExceptions.layers);
  mkdirSync(cache, { recursive: true });
  return [...layerSources.keys()].map((layer) => {
    const file = `${cache}/layer-${layer}.tl`;
    const lines = layerText(layer).split('\n');
    const own = lines.filter((line) => !foreign.some((start) => line.startsWith(`${start} `)));
    writeFileSync(file, own.join('\n'));
    return file;
  });
}

/**
 * Runs a script with this Node and more environment; ends this process when it fails.
 *
 * @param {Readonly<Record<string, string>>} env
 * @param {readonly string[]} args
 */
function runWith(env, args) {
  const options = { cwd: root, stdio: /** @type {const} */ ('inherit') };
  const { status, error } = spawnSync(process.execPath, args, {
    ...options,
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
