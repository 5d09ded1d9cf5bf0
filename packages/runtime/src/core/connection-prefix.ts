import { encode, type ApiSchema, type TlMethod, type TlObject } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { construct, constructObject } from '../network/construct.js';

/** What `initConnection` tells. */
export interface AppInfo {
  readonly apiId: number;
  readonly deviceModel: string;
  readonly systemVersion: string;
  readonly appVersion: string;
  readonly langCode: string;
  /** The MTProxy that is used: the server shows its sponsored channel for it. */
  readonly mtproxy?: { readonly host: string; readonly port: number } | undefined;
}

/** Stands where the query will be, and writes nothing. */
const NOTHING = { _: '', $write: () => undefined } as unknown as TlMethod;

/**
 * The bytes of `invokeWithLayer(layer, initConnection(…` that stand before a query, built with the schema the client
 * was given.
 *
 * @param withoutUpdates - adds `invokeWithoutUpdates`: the session is never sent any.
 * @throws SchemaError when the schema lacks one of the methods.
 * @see https://core.telegram.org/api/invoking
 */
export function connectionPrefix(
  schema: ApiSchema,
  app: AppInfo,
  withoutUpdates: boolean,
): Uint8Array {
  // Layers that lack it have no way to say so; updates are then ignored.
  const query =
    withoutUpdates && schema.method('invokeWithoutUpdates')
      ? construct<base.InvokeWithoutUpdatesRequest>(schema, 'invokeWithoutUpdates', {
          query: NOTHING,
        })
      : NOTHING;
  const init = construct<base.InitConnectionRequest>(schema, 'initConnection', {
    apiId: app.apiId,
    deviceModel: app.deviceModel,
    systemVersion: app.systemVersion,
    appVersion: app.appVersion,
    systemLangCode: app.langCode,
    // Only Telegram's own applications have language packs.
    langPack: '',
    langCode: app.langCode,
    proxy: proxyOf(schema, app),
    query,
  });
  const layer = construct<base.InvokeWithLayerRequest>(schema, 'invokeWithLayer', {
    layer: schema.layer,
    query: init,
  });
  return encode(layer as TlObject);
}

function proxyOf(schema: ApiSchema, { mtproxy }: AppInfo): base.InputClientProxy | undefined {
  const known = (schema.constructor as (name: string) => unknown)('inputClientProxy');
  if (!mtproxy || !known) return undefined;
  return constructObject<base.InputClientProxy>(schema, 'inputClientProxy', {
    address: mtproxy.host,
    port: mtproxy.port,
  });
}
