import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPackage } from '../../schemas/rebuild/packages.mjs';
import { ownRegistry, ownSchema } from '../support/schemas.js';
import { bundle, PROGRAMS } from './measure.mjs';

type Name = keyof typeof PROGRAMS;
const bundled = (name: Name): ReturnType<typeof bundle> =>
  bundle(PROGRAMS[name].source, PROGRAMS[name]);

describe('bundles', () => {
  it('one method takes at most 0.5 KB, codec apart', async () => {
    const { code, gzip } = await bundled('one method, without the codec');
    expect(code).toContain('messages.sendEncrypted');
    expect(code).not.toContain('messages.sendMessage');
    expect(gzip).toBeLessThanOrEqual(500);
  });

  it('every method alone is small: nothing drags others in', async () => {
    const names = [
      'messages.SendMessageRequest',
      'auth.SignInRequest',
      'users.GetUsersRequest',
      'upload.GetFileRequest',
    ];
    for (const name of names) {
      const [namespace, method] = name.split('.');
      const source = `export { ${method} } from '@tlgen/telegram/${namespace}';`;
      const { code, gzip } = await bundle(source, { external: ['@tlgen/codec'] });
      expect(code.match(/static tl ?=/g), name).toHaveLength(1);
      expect(gzip, name).toBeLessThanOrEqual(1200);
    }
  });

  it('from the root, one method is still one method', async () => {
    const source = `import { messages } from '@tlgen/telegram'; export const x = messages.SendEncryptedRequest;`;
    const { code } = await bundle(source, { external: ['@tlgen/codec'] });
    expect(code.match(/static tl ?=/g)).toHaveLength(1);
  });

  it('encoding a request loads no registry', async () => {
    const { code, gzip } = await bundled('one method and `encode`');
    expect(code).toContain('messages.sendEncrypted');
    for (const other of [
      'inputPeerSelf',
      'InputPeer',
      'messages.sendMessage',
      'updateNewMessage',
    ]) {
      expect(code).not.toContain(other);
    }
    expect(code.match(/static tl ?=/g)).toHaveLength(1);
    expect(gzip).toBeLessThan(10_000);
  });

  it('every constructor, codec apart, takes no more than the maps that mtcute always loads', async () => {
    const { code, gzip } = await bundled('every constructor, without the codec');
    expect(code.match(/static tl ?=/g)).toHaveLength(ownSchema('telegram').constructors.length);
    // mtcute cannot leave its methods out; our registry of them is apart.
    const folder = join(findPackage('@mtcute/core') as string, 'tl/binary');
    const maps = ['reader', 'writer'].map((name) => `export * from '${folder}/${name}.js';`);
    expect(gzip).toBeLessThanOrEqual((await bundle(maps.join('\n'))).gzip);
  });

  it('the registry of everything, which only servers and tools need, holds everything', async () => {
    const { code, gzip } = await bundled('`decode` and every constructor and method');
    expect(code.match(/static tl ?=/g)).toHaveLength((await ownRegistry('telegram')).size);
    expect(gzip).toBeLessThanOrEqual(195_000);
  });

  it('need nothing of Node', async () => {
    for (const name of Object.keys(PROGRAMS) as Name[]) {
      const { code } = await bundled(name);
      expect(code).not.toMatch(/\bfrom ?['"]node:|\brequire\(/);
    }
  });
});
