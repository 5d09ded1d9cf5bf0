import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';

const entry = fileURLToPath(new URL('../../packages/codec/dist/index.js', import.meta.url));

/** Classes that objects of both worlds must share: `instanceof` compares identities. */
const SHARED = {
  Uint8Array,
  Int32Array,
  BigInt64Array,
  Float64Array,
  Uint16Array,
  ArrayBuffer,
  Error,
};

/** The codec as it runs where there is neither `Buffer` nor `process`: in a bare context with the web's text coders. */
export async function portableCodec(): Promise<typeof import('@tlgen/codec')> {
  const bundle = await rolldown({ input: entry });
  const { output } = await bundle.generate({ format: 'iife', name: 'codec' });
  await bundle.close();
  const globals = { ...SHARED, TextDecoder, TextEncoder };
  const context = createContext(globals);
  runInContext(output[0].code, context);
  const host = runInContext(
    '[typeof Buffer, typeof process, typeof codec].join()',
    context,
  ) as string;
  if (host !== 'undefined,undefined,object') throw new Error(`not a portable host: ${host}`);
  return runInContext('codec', context) as typeof import('@tlgen/codec');
}
