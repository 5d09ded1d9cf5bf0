/** Folder of a path with its closing `/`; '' at the root. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** What leads from a page to the root of the site: `../` once per folder. */
export const baseOf = (path: string): string => '../'.repeat(path.split('/').length - 1);

/** Path of the HTML page that is made of a Markdown page. */
export const htmlPath = (path: string): string => path.replace(/\.md$/, '.html');

/** A path as it stands in a URL. Nearly all names are plain, and there are hundreds of thousands of links. */
const encodePath = (path: string): string =>
  /^[\w./-]*$/.test(path) ? path : path.split('/').map(encodeURIComponent).join('/');

/** URL that leads from one path of the site to another, both without fragment. */
export function relativeUrl(from: string, to: string): string {
  const here = folderOf(from);
  if (here === '' || to.startsWith(here)) return encodePath(to.slice(here.length));
  const [parts, target] = [here.split('/').slice(0, -1), to.split('/')];
  let shared = 0;
  while (shared < parts.length && parts[shared] === target[shared]) shared++;
  return '../'.repeat(parts.length - shared) + encodePath(target.slice(shared).join('/'));
}

/** URL that leads from one Markdown page to the HTML of another; a `#fragment` stays. */
export function pageUrl(from: string, to: string): string {
  const [, path = to, fragment = ''] = /^([^#]*)(#.*)?$/s.exec(to) ?? [];
  return relativeUrl(from, htmlPath(path)) + fragment;
}

/** The path that a relative URL without query or fragment means; null when it leaves the site. */
export function resolveUrl(from: string, url: string): string | null {
  const parts = folderOf(from).split('/').slice(0, -1);
  for (const part of url.split('/')) {
    if (part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
