import { apiSchema, type ApiSchema } from '@tlgen/codec';
import { generatedLayer } from '../generated-layer.js';

/** The layers that the two libraries speak: GramJS 198, mtcute 227. */
export const STRANGER_LAYERS = [198, 227] as const;

/** Schemas for the option `layers` of a data center, so that strangers are answered in their own. */
export function strangerSchemas(): Promise<ApiSchema[]> {
  return Promise.all(
    STRANGER_LAYERS.map(async (layer) => apiSchema(layer, (await generatedLayer(layer)).registry)),
  );
}
