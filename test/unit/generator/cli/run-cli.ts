import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { run } from '../../../../generator/src/cli/main.js';

/** A temporary folder with files in it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'tlgen-'));

  constructor(files: Record<string, string> = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, content: string | Uint8Array): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  bytes: Buffer;
  json: () => unknown;
}

export interface RunOptions {
  stdin?: string | Uint8Array;
  signal?: AbortSignal;
  tty?: boolean;
  env?: Record<string, string>;
}

/** Runs the command line in this process. No mistake of a user ever shows a stack trace. */
export async function tlgen(cwd: string, args: string[], options: RunOptions = {}): Promise<Ran> {
  const chunks: Buffer[] = [];
  let stderr = '';
  const stdin = options.stdin === undefined ? undefined : Readable.from([options.stdin]);
  const code = await run(args, {
    cwd,
    env: options.env ?? {},
    signal: options.signal,
    stdin: stdin && Object.assign(stdin, { isTTY: options.tty }),
    stdout: { isTTY: options.tty, write: (chunk) => chunks.push(Buffer.from(chunk)) },
    stderr: { isTTY: options.tty, write: (chunk) => (stderr += String(chunk)) },
  });
  const bytes = Buffer.concat(chunks);
  const stdout = bytes.toString();
  expect(stdout + stderr).not.toMatch(/^\s+at .*[:(]\d+|internal:/m);
  return { code, stdout, stderr, bytes, json: () => JSON.parse(stdout) as unknown };
}

export const SMALL = `// LAYER 7
user#11 flags:# id:long name:flags.0?string friends:flags.1?Vector<User> bot:flags.2?true = User;
point#12 x:int y:int = Point;
---functions---
users.getUser#21 id:long = User;
users.getUsers#23 ids:Vector<long> = Vector<User>;
wrap#22 {X:Type} layer:int query:!X = X;
`;
