// A data center in a process of its own. Prints where it is as one line of JSON; ends with its standard input.
import { LocalDc } from '@tlgen/local-dc';
import { storage, upload } from '@tlgen/telegram';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generated } from '../prepare.mjs';
import { PART } from './part.mjs';

const schemaOf = async (/** @type {number} */ layer) => {
  const file = join(generated, `layer${layer}`, 'schema.js');
  return (await import(pathToFileURL(file).href)).schema;
};
const dc = await LocalDc.start({
  tlsPort: false,
  layers: [await schemaOf(198), await schemaOf(227)],
});
const early = { anonymous: true };
dc.handle(
  upload.SaveFilePartRequest,
  ({ bytes }) => bytes.length === PART.length && bytes[0] === PART[0],
  early,
);
const file = new upload.File({ type: new storage.FilePartial(), mtime: 0, bytes: PART });
dc.handle(upload.GetFileRequest, () => file, early);

const { host, port, rsaKey } = dc;
console.log(JSON.stringify({ host, port, rsaKey }));
process.stdin.resume().once('end', () => dc.close());
