const loaded = new Map<string, Promise<void>>();

/** Runs a script once. Data comes as scripts since `fetch` is forbidden on `file://`. A failure may be tried again. */
export function loadScript(url: string): Promise<void> {
  const known = loaded.get(url);
  if (known !== undefined) return known;
  const loading = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      loaded.delete(url);
      reject(new Error(`${url} could not be loaded`));
    });
    document.head.append(script);
  });
  loaded.set(url, loading);
  return loading;
}

/** What assets and paths of the site are found under: `../` once per folder. */
export const siteBase = document.documentElement.dataset['base'] ?? '';
