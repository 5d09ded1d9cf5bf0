/**
 * Writes `telegram/api.tl` from teleproto's definitions:
 *
 *     node schemas/rebuild/telegram.mjs [folder of the unpacked npm package teleproto]
 *
 * Refuses to write when a line's id is not the CRC32 of its text.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isProven, readLines, renderLine, renderSchema } from './line.mjs';
import { findPackage, packageInfo, readModule, schemasFolder } from './packages.mjs';
import { linesFromTeleproto } from './teleproto.mjs';

/** What every Telegram schema begins with and the libraries have built in. */
const builtIn = readLines(`
boolFalse#bc799737 = Bool;
boolTrue#997275b5 = Bool;
true#3fedd339 = True;
vector#1cb5c415 {t:Type} # [ t ] = Vector t;
error#c4b9f9bb code:int text:string = Error;
null#56730bcc = Null;
`);

const mtprotoIds = new Set(
  readLines(readFileSync(join(schemasFolder, 'mtproto/mtproto.tl'), 'utf8')).map(({ id }) => id),
);

/**
 * teleproto lists MTProto's lines among the API's, and some that describe how a connection disguised as TLS
 * begins and are never sent as TL.
 *
 * @param {import('./line.mjs').Line} line
 */
const isApi = (line) => !mtprotoIds.has(line.id) && !/^tls[A-Z]/.test(line.name);

/**
 * The text of `telegram/api.tl`.
 *
 * @param {string} folder of the npm package teleproto
 */
export function telegramSchema(folder) {
  const { version } = packageInfo(folder);
  const definitions = readModule(join(folder, 'tl/generated/api-definitions.js'));
  const lines = [...builtIn, ...linesFromTeleproto(definitions).filter(isApi)];
  const unproven = lines.filter((line) => !isProven(line));
  if (unproven.length > 0)
    throw new Error(`ids that do not fit their lines:\n${unproven.map(renderLine).join('\n')}`);
  // teleproto numbers its releases 1.LAYER.PATCH.
  return renderSchema(lines, Number(version.split('.')[1]));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2] ? resolve(process.argv[2]) : findPackage('teleproto');
  if (folder === null) {
    console.error(
      'teleproto is not installed; unpack `npm pack teleproto@1.229.0` and give its folder',
    );
    process.exitCode = 2;
  } else {
    const text = telegramSchema(folder);
    writeFileSync(join(schemasFolder, 'telegram/api.tl'), text);
    console.log(`telegram/api.tl: ${readLines(text).length} lines, every id proven`);
  }
}
