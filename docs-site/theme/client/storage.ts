/** Reads a choice of the reader; null where there is none, or where the browser forbids storage (some on `file://`). */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`tlgen:${key}`);
  } catch {
    return null;
  }
}

/** Keeps a choice across pages where the browser allows it; null forgets it. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`tlgen:${key}`);
    else localStorage.setItem(`tlgen:${key}`, value);
  } catch {
    // The choice lasts as long as the page.
  }
}
