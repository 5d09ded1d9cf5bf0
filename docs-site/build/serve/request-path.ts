/**
 * Path below the site that a request asks for: decoded, a folder's `index.html` where it ends in `/`; null when it is
 * malformed or leads out of the site.
 */
export function requestPath(url: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    return null;
  }
  if (!path.startsWith('/') || /[\\\0]/.test(path)) return null;
  const parts = path.slice(1).split('/');
  if (parts.some((part) => part === '..' || part === '.')) return null;
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
}
