import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';

const run = (command: string, args: readonly string[], cwd: string): string => {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${status}\n${stdout}${stderr}`);
  return stdout;
};

/** Unpacks what npm would publish; what it depends on is linked from this repository's node_modules. */
function install(workspace: string, target: string): void {
  run('npm', ['pack', '--silent', '--pack-destination', folder], root + workspace);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) as string;
  mkdirSync(target, { recursive: true });
  run('tar', ['xzf', join(folder, tarball), '-C', target, '--strip-components', '1'], folder);
  rmSync(join(folder, tarball));
}

describe('what npm publishes', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tlgen-packed-'));
    const modules = join(folder, 'node_modules');
    mkdirSync(modules);
    for (const name of readdirSync(`${root}node_modules`)) {
      if (!['@tlgen', 'tlgen', '.bin'].includes(name))
        symlinkSync(`${root}node_modules/${name}`, join(modules, name));
    }
    for (const name of ['codec', 'secret', 'mtproto', 'telegram', 'runtime', 'local-dc'])
      install(`packages/${name}`, join(modules, '@tlgen', name));
    install('generator', join(modules, 'tlgen'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('generates, and what it generated runs', () => {
    const bin = join(folder, 'node_modules/tlgen/bin/tlgen.mjs');
    writeFileSync(
      join(folder, 'my.tl'),
      'point x:int y:int = Point;\n---functions---\nmove by:Point = Bool;\n',
    );
    run(
      process.execPath,
      [bin, 'generate', '--schema', 'my.tl', '--name', 'my-api', '--out', 'node_modules/my-api'],
      folder,
    );
    writeFileSync(
      join(folder, 'run.mjs'),
      `import { decode, encode } from '@tlgen/codec';
       import { MoveRequest, Point } from 'my-api/base';
       import { registry } from 'my-api/registry';
       import { DecryptedMessage } from '@tlgen/secret/layers/46';
       const copy = decode(encode(new MoveRequest({ by: new Point({ x: 1, y: -1 }) })), registry);
       console.log(JSON.stringify(copy), DecryptedMessage.tl);`,
    );
    expect(run(process.execPath, ['run.mjs'], folder)).toBe(
      '{"_":"move","by":{"_":"point","x":1,"y":-1}} decryptedMessage_45\n',
    );
  });

  it('knows the schema of Telegram that it carries', () => {
    const bin = join(folder, 'node_modules/tlgen/bin/tlgen.mjs');
    expect(run(process.execPath, [bin, 'inspect', 'messages.sendEncrypted'], folder)).toContain(
      '#44fa7a15',
    );
  });

  it('signs in to the data center it carries', () => {
    writeFileSync(
      join(folder, 'sign-in.mjs'),
      `import { LocalDc } from '@tlgen/local-dc';
       import { Client, MemoryStorage } from '@tlgen/runtime';
       import { schema } from '@tlgen/telegram/schema';
       const dc = await LocalDc.start();
       const { token } = await dc.createUser({ bot: true });
       const storage = new MemoryStorage();
       const client = new Client({ schema, storage, ...dc.clientOptions, logger: { to: 'none' } });
       const { bot } = await client.signIn({ botToken: token });
       await client.close();
       await dc.close();
       console.log(bot, dc.refusals.count);`,
    );
    expect(run(process.execPath, ['sign-in.mjs'], folder)).toBe('true 0\n');
    const bin = join(folder, 'node_modules/@tlgen/local-dc/bin/tlgen-local-dc.mjs');
    expect(run(process.execPath, [bin, '--help'], folder)).toContain('--port');
  });
});
