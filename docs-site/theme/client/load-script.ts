/** Runs a script. Data comes as scripts since `fetch` is forbidden on `file://`. */
export function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(`${url} could not be loaded`)));
    document.head.append(script);
  });
}

/** What assets and paths of the site are found under: `../` once per folder. */
export const siteBase = document.documentElement.dataset['base'] ?? '';
