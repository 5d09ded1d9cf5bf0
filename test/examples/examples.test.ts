import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../examples/', import.meta.url));

/** What each example must say for itself. */
const SAYS: Readonly<Record<string, readonly string[]>> = {
  'encode-decode.mjs': [
    'messages.sendEncrypted → 40 bytes',
    'SendEncryptedRequest {',
    'sent at 1763712000',
    'end-of-data: ',
  ],
};

describe('examples', () => {
  it.each(readdirSync(folder))('%s runs', (file) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [folder + file], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const text of SAYS[file] ?? []) expect(stdout).toContain(text);
    expect(SAYS).toHaveProperty([file]);
  });
});
