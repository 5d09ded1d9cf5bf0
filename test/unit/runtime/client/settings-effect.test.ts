import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  SETTINGS_SHAPE,
  type Shape,
} from '../../../../packages/runtime/src/client/settings-shape.js';

/** Files here whose tests show, against a data center, that each setting does what it says. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  'settings-effect-connection.test.ts': [
    'homeDc',
    'dataCenters',
    'rsaKeys',
    'connection.protocol',
    'connection.ipv6',
    'connection.timeout',
    'connection.proxy',
    'connection.testMode',
    'connection.subdomains',
    'connection.perDc',
    'auth.pfs',
    'auth.tempKeyTtl',
    'app.deviceModel',
    'app.systemVersion',
    'app.version',
    'app.langCode',
  ],
  'settings-effect-calls.test.ts': [
    'maxTries.query',
    'maxTries.authorization',
    'maxTries.response',
    'floodWait.below',
    'messageLimit.incoming',
    'messageLimit.outgoing',
    'messageLimit.callQueue',
    'requests.gzipAbove',
  ],
  'settings-effect-updates.test.ts': [
    'updates.catchUp',
    'updates.pollInterval',
    'updates.queueLimit',
    'updates.overflow',
    'updates.pollChannels',
  ],
  'settings-effect-files.test.ts': ['files.parallel', 'files.connections'],
  'settings-effect-client.test.ts': [
    'peers.fullInfoTtl',
    'peers.fullFetch',
    'peers.loadAllAtStart',
    'peers.resolver',
    'updates.enabled',
    'updates.handler',
    'saveInterval',
    'logger.to',
    'logger.file',
    'logger.level',
  ],
};

/** Those that nothing reads so far, as the guide says. */
const NO_EFFECT_YET = ['secretChats.accept'];

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const guide = read('../../../../docs-site/guide/settings.md');

/** Names of all settings; of one that has values by data center, its own. */
function names(shape: Shape, path: string[] = []): string[] {
  if (!('fields' in shape)) return [path.join('.')];
  return Object.entries(shape.fields).flatMap(([name, inner]) => names(inner, [...path, name]));
}

describe('every setting', () => {
  it('has a test that it does what it says, or no effect yet', () => {
    const listed = [...Object.values(TESTS).flat(), ...NO_EFFECT_YET];
    expect(listed.toSorted()).toEqual(names(SETTINGS_SHAPE).toSorted());
  });

  it.each(Object.entries(TESTS))('is named by a test in %s', (file, settings) => {
    const titles = [...read(`./${file}`).matchAll(/(?:it|describe|\)|\])\(\s*['"`](.*)['"`],/g)]
      .map(([, title]) => title)
      .join('\n');
    const unnamed = settings.filter((name) => {
      const [group = '', leaf] = name.split('.');
      const all = leaf !== undefined && titles.includes(`${group}.*`);
      return !all && !titles.includes(name);
    });
    expect(unnamed).toEqual([]);
  });

  it('has a row in the guide, which tells those without effect', () => {
    for (const name of names(SETTINGS_SHAPE)) {
      // The README that the rows follow has none like them: they are told above the tables.
      if (name === 'homeDc' || name === 'peers.resolver' || name.startsWith('files.')) continue;
      const row = guide
        .split('\n')
        .find((line) => line.startsWith('|') && line.includes(`\`${name}`));
      expect(row, name).toBeDefined();
      expect(row!.includes('no effect yet'), name).toBe(NO_EFFECT_YET.includes(name));
    }
  });
});
