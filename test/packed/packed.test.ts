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
    install('packages/codec', join(modules, '@tlgen/codec'));
    install('packages/secret', join(modules, '@tlgen/secret'));
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
});
