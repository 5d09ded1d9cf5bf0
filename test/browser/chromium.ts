import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of this machine: `TLGEN_CHROMIUM`, or what PATH has; null if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const own = env['TLGEN_CHROMIUM'];
  if (own !== undefined && own !== '') return own;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why the tests of a browser cannot run here; null if they can. */
export function whyNoBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  if (findChromium(env) !== null) return null;
  return `no browser: ${NAMES.join(', ')} are not in PATH, and TLGEN_CHROMIUM names none`;
}

/** Where a missing browser is a failure: CI installs one. */
export const isBrowserRequired = (env: NodeJS.ProcessEnv = process.env): boolean =>
  env['TLGEN_BROWSER'] === 'required';
