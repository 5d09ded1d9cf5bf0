import type { AppInfo } from '../core/connection-prefix.js';
import type { CryptoProvider } from '../crypto/provider/types.js';
import { parseRsaKey, type RsaKey } from '../crypto/rsa-key.js';
import { telegramRsaKeys } from '../crypto/server-keys.js';
import type { SessionSettings } from '../network/data-center.js';
import type { ConnectionSettings } from '../network/types.js';
import { SettingsError } from './merge-settings.js';
import type { Settings } from './settings.js';

/** The connection settings of one data center. */
export function connectionSettings(settings: Settings, dc: number): ConnectionSettings {
  const { perDc, ...all } = settings.connection;
  return { ...all, ...perDc[dc] };
}

/** @throws SettingsError when a PEM cannot be read. */
export function sessionSettings(settings: Settings, crypto: CryptoProvider): SessionSettings {
  const { rsaKeys, auth, requests, messageLimit, maxTries } = settings;
  return {
    rsaKeys: rsaKeys.length === 0 ? telegramRsaKeys(crypto) : parseKeys(rsaKeys, crypto),
    pfs: auth.pfs,
    tempKeyTtl: auth.tempKeyTtl,
    gzipAbove: requests.gzipAbove,
    incoming: messageLimit.incoming,
    outgoing: messageLimit.outgoing,
    repetitions: maxTries.response,
  };
}

function parseKeys(keys: Settings['rsaKeys'], crypto: CryptoProvider): RsaKey[] {
  return keys.map((key, index) => {
    if (typeof key !== 'string') return key;
    try {
      return parseRsaKey(crypto, key);
    } catch (error) {
      const name = `rsaKeys[${index}]`;
      throw new SettingsError(
        name,
        `The setting ${name} is no RSA key: ${(error as Error).message}`,
      );
    }
  });
}

/** What `initConnection` tells, as the settings say. */
export function appInfo({ app, connection }: Settings, apiId: number): AppInfo {
  const { proxy } = connection;
  const mtproxy = proxy && 'type' in proxy && proxy.type === 'mtproxy' ? proxy : undefined;
  return {
    apiId,
    deviceModel: app.deviceModel,
    systemVersion: app.systemVersion,
    appVersion: app.version,
    langCode: app.langCode,
    mtproxy: mtproxy && { host: mtproxy.host, port: mtproxy.port },
  };
}

/** As data centers of the CDN are told, which are not trusted: nothing about the user. (https://core.telegram.org/cdn) */
export function strangerInfo({ apiId, appVersion }: AppInfo): AppInfo {
  return { apiId, deviceModel: 'n/a', systemVersion: 'n/a', appVersion, langCode: 'en' };
}
