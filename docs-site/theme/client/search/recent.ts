import { recall, remember } from '../storage.js';
import type { Entry, Index } from './entries.js';

const KEPT = 6;

function paths(): string[] {
  return (recall('recent') ?? '').split('\n').filter((path) => path !== '');
}

/** Puts a page in front of those found last. */
export function keepRecent(path: string): void {
  const kept = [path, ...paths().filter((one) => one !== path)].slice(0, KEPT);
  remember('recent', kept.join('\n'));
}

/** What was found last, newest first; pages that are gone are left out. */
export function recentEntries(index: Index): readonly Entry[] {
  return paths().flatMap((path) => index.entries.find((entry) => entry.path === path) ?? []);
}
