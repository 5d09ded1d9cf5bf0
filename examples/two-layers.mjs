// @ts-check
// Data of an older layer, read with that layer and carried over to the newer one. Runs offline.
import { decode, encode, fromJson, TlError, toJson } from '@tlgen/codec';
import { liveRegistry, parseSchema } from 'tlgen';

// docs: layers
const older = liveRegistry(parseSchema('note id:long text:string = Note;').schema);
const newer = liveRegistry(parseSchema('note id:long text:string color:int = Note;').schema);

const stored = encode(fromJson({ _: 'note', id: '1', text: 'milk' }, older));
try {
  decode(stored, newer); // another line, so another id
} catch (error) {
  if (error instanceof TlError) console.log(error.code);
}

const note = toJson(decode(stored, older));
console.log(toJson(fromJson({ ...note, color: 0 }, newer)));
// docs: end
