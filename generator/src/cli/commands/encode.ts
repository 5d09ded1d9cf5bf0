import { encode, fromJson, TlError, toBase64, type JsonObject } from '@tlgen/codec';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../../io/errors.js';
import { readText } from '../../io/read-file.js';
import { suggest } from '../../schema/suggest.js';
import { liveRegistry } from '../../live/live-registry.js';
import type { Schema } from '../../schema/types.js';
import { listOption, textOption, type Run } from '../command.js';
import type { Context } from '../context.js';
import { readSelection, selectSchema } from '../select-schema.js';
import { readStdin } from '../stdin.js';

/** `tlgen encode`: JSON to bytes. */
export const run: Run = async (context, [input = ''], options) => {
  const json = parse(await textOf(context, input));
  const selection = await selectSchema(context, listOption(options, 'schema'));
  const { schema } = await readSelection(context, selection);
  const bytes = toBytes(json, schema);
  const format = textOption(options, 'format') ?? 'hex';
  if (format === 'raw' && !context.json) {
    context.io.stdout.write(bytes);
    return 0;
  }
  const hex = Buffer.from(bytes).toString('hex');
  const base64 = toBase64(bytes);
  context.answer({ bytes: bytes.length, hex, base64 }, () => (format === 'base64' ? base64 : hex));
  return 0;
};

async function textOf(context: Context, input: string): Promise<string> {
  if (input === '-') return new TextDecoder().decode(await readStdin(context));
  if (/^\s*[{[]/.test(input)) return input;
  const file = resolve(context.cwd, input);
  if (existsSync(file)) return readText(file, input);
  throw new InputError('file-not-found', `"${input}" is no file and no JSON object`, {
    hint: `JSON begins with "_": '{"_":"inputPeerSelf"}'`,
  });
}

function parse(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch (thrown) {
    throw new InputError('bad-json', `this is not JSON: ${(thrown as Error).message}`);
  }
}

function toBytes(json: JsonObject, schema: Schema): Uint8Array {
  try {
    return encode(fromJson(json, liveRegistry(schema)));
  } catch (thrown) {
    if (!(thrown instanceof TlError)) throw thrown;
    const unknown = /^no constructor "(.+)" in this schema/.exec(thrown.reason)?.[1];
    const names = [...schema.constructors, ...schema.methods].map(({ key }) => key);
    const near = unknown === undefined ? [] : suggest(unknown, names);
    throw new InputError(thrown.code === 'bad-json' ? 'bad-json' : 'bad-blob', thrown.message, {
      hint: near.length > 0 ? `did you mean ${near.join(', ')}?` : null,
      details: { code: thrown.code, path: [...thrown.path], suggestions: near },
    });
  }
}
