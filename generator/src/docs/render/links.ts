/**
 * Link from one page to another, both with their path from the root of the set.
 *
 * @returns `../types/User.md`; for the page itself its file name.
 */
export function relativeLink(from: string, to: string): string {
  const [a, b] = [from.split('/'), to.split('/')];
  let common = 0;
  while (common < a.length - 1 && common < b.length - 1 && a[common] === b[common]) common++;
  return '../'.repeat(a.length - 1 - common) + b.slice(common).join('/');
}
