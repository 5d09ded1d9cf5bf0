import { describe, expect, it } from 'vitest';
import { mergeSettings } from '../../../../packages/runtime/src/client/merge-settings.js';
import {
  SETTINGS_SHAPE,
  type Shape,
} from '../../../../packages/runtime/src/client/settings-shape.js';
import { defaultSettings } from '../../../../packages/runtime/src/client/settings.js';
import { guideFile, tableRows } from './guide-files.js';

/** Every setting of MadelineProto's README (layer 75), with its default as the guide writes it. */
const SETTINGS: Readonly<Record<string, string>> = {
  'authorization.default_temp_auth_key_expires_in': '31557600',
  'authorization.rsa_keys': '4 keys',
  'connection.ssl_subdomains': '1 pluto, 2 venus, 3 aurora, 4 vesta, 5 flora',
  'connection.test.ipv4': '2: 149.154.167.40',
  'connection.test.ipv6': '2: 2001:067c:04e8:f002:0000:0000:0000:000e',
  'connection.main.ipv4': '2: 149.154.167.51',
  'connection.main.ipv6': '2: 2001:067c:04e8:f002:0000:0000:0000:000a',
  ip_address: 'see above',
  port: '443',
  media_only: 'false',
  tcpo_only: 'false',
  'connection_settings.all': 'the block below',
  'connection_settings.all.protocol': 'tcp_full',
  'connection_settings.all.test_mode': 'false',
  'connection_settings.all.ipv6': 'detected',
  'connection_settings.all.timeout': '2',
  'connection_settings.all.proxy': '\\Socket',
  'connection_settings.all.proxy_extra': '[]',
  'app_info.api_id': 'none',
  'app_info.api_hash': 'none',
  'app_info.device_model': 'detected',
  'app_info.system_version': 'detected',
  'app_info.app_version': 'Unicorn',
  'app_info.lang_code': 'detected',
  'tl_schema.layer': '75',
  'tl_schema.src.mtproto': 'TL_mtproto_v1.json',
  'tl_schema.src.telegram': 'TL_telegram_v75.tl',
  'tl_schema.src.secret': 'TL_secret.tl',
  'tl_schema.src.calls': 'TL_calls.tl',
  'tl_schema.src.botAPI': 'TL_botAPI.tl',
  'logger.logger': '3',
  'logger.logger_param': 'MadelineProto.log in /tmp',
  'logger.logger_level': 'VERBOSE',
  'logger.rollbar_token': 'a token',
  'max_tries.query': '5',
  'max_tries.authorization': '5',
  'max_tries.response': '5',
  'flood_timeout.wait_if_lt': '20',
  'msg_array_limit.incoming': '200',
  'msg_array_limit.outgoing': '200',
  'msg_array_limit.call_queue': '200',
  'peer.full_info_cache_time': '3600',
  'peer.full_fetch': 'false',
  'peer.cache_all_peers_on_startup': 'false',
  'requests.gzip_encode_if_gt': '500',
  'updates.handle_updates': 'true',
  'updates.handle_old_updates': 'true',
  'updates.getdifference_interval': '30',
  'updates.callback': 'get_updates_update_handler',
  updates_array_limit: 'none',
  'secret_chats.accept_chats': 'true',
  'serialization.serialization_interval': '30',
  'threading.allow_threading': 'false',
  'threading.handler_workers': '10',
  'pwr.pwr': 'false',
  'pwr.db_token': 'false',
  'pwr.strict': 'false',
  'pwr.requests': 'true',
};

/** Not in the README's list, but in the code it came with. */
const MORE = { 'connection_settings.all.pfs': 'true' };

describe('the guide of settings', () => {
  const guide = guideFile('settings.md');
  const rows = new Map(tableRows(guide.body).map((row) => [row[0]?.replaceAll('`', ''), row]));

  it.each(Object.entries({ ...SETTINGS, ...MORE }))('has %s, by default %s', (name, value) => {
    expect(rows.get(name)?.[1]).toBe(value);
  });

  it('has no others', () => {
    const known = new Set(Object.keys({ ...SETTINGS, ...MORE }));
    expect([...rows.keys()].filter((name) => name === undefined || !known.has(name))).toEqual([]);
    expect(tableRows(guide.body)).toHaveLength(rows.size);
  });

  it('gives each a name here, or says why it has none', () => {
    for (const [name, [, , ours = '', notes = '']] of rows) {
      if (ours === '–') expect(notes, name).toMatch(/dropped|later|part of the runtime/);
      else expect(ours, name).toMatch(/^`[a-z][\w.[\]]*`$/i);
    }
  });

  it('keeps the default, where it is a plain value, or says what is different', () => {
    for (const [name, [, value = '', ours = '', notes = '']] of rows) {
      if (ours === '–' || !/^(?:\d+|true|false)$/.test(value)) continue;
      const known = [
        'connection_settings.all.timeout',
        'tl_schema.layer',
        'logger.logger',
        'updates.getdifference_interval',
      ];
      if (!known.includes(name ?? '')) expect(notes, name).toMatch(new RegExp(`^${value}\\b`));
    }
  });

  it('says at the top what is not built, and how that is marked', () => {
    const first = guide.body.split(/^## /m)[0] ?? '';
    expect(first).toMatch(/not built yet/);
    expect(first).toMatch(/_no effect yet_/);
    expect(first).toMatch(/names on this page are fixed/);
  });
});

/** Names of all settings of a shape: `connection.timeout`. */
function namesOf(shape: Shape, path: string): string[] {
  if ('check' in shape) return [path];
  if ('perDc' in shape) return [path];
  return Object.entries(shape.fields).flatMap(([key, inner]) =>
    namesOf(inner, path === '' ? key : `${path}.${key}`),
  );
}

describe('the guide of settings and the client', () => {
  const guide = guideFile('settings.md');
  const rows = tableRows(guide.body).map(
    ([, , ours = '', notes = '']) => [ours.replaceAll('`', ''), notes] as const,
  );
  const defaults = defaultSettings({ model: 'M', system: 'S', langCode: 'en', logFile: '' }, true);
  /** Given to the client beside the settings. */
  const IDENTITY = ['apiId', 'apiHash', 'schema', 'schema.layer'];
  const named = rows.filter(([ours]) => ours !== '–' && !IDENTITY.includes(ours));

  it.each(named)('%s is there', (ours) => {
    const names = new Set(namesOf(SETTINGS_SHAPE, ''));
    const known = [...names].some((name) => name === ours || name.startsWith(`${ours}.`));
    const ofAddress = /^dataCenters\[n\]\.(?:host|port|mediaOnly|obfuscatedOnly)$/.test(ours);
    expect(known || ofAddress).toBe(true);
  });

  it('says of exactly those that nothing reads yet that they have no effect', () => {
    const said = named.filter(([, notes]) => notes.includes('no effect yet')).map(([ours]) => ours);
    expect(said).toEqual(['secretChats.accept']);
  });

  it('refuses settings that do not exist', () => {
    expect(() => mergeSettings(defaults, { zebra: {} } as object)).toThrow('There is no setting');
  });

  it('leaves none of the client out', () => {
    const names = namesOf(SETTINGS_SHAPE, '');
    expect(names.filter((name) => !guide.body.includes(`\`${name}`))).toEqual([]);
  });
});
