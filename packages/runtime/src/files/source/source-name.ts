/** Last part of what may be a path, in the way of any host; undefined when nothing is left. */
export function nameIn(path: string): string | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return name === '' ? undefined : name;
}

/** Last part of a URL's path, as it was before it was encoded. */
export function nameInUrl(url: URL): string | undefined {
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  return nameIn(decoded(last) ?? last);
}

/** Percent-decoded UTF-8; undefined when it is none. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
