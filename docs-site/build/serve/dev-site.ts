import { Site, type SitePlaces } from '../site/site.js';
import { outputsOf, type Output } from '../site/outputs.js';

const RELOAD = `<script>new EventSource('/__reload').onmessage = () => location.reload()</script>`;

/** The site from memory: every file is made when asked for, of what the sources are at that moment. */
export class DevSite {
  readonly #places: SitePlaces;
  readonly #report: (fault: string) => void;
  #outputs: ReadonlyMap<string, Output> | null = null;

  /** `report` is told faults of pages as they are asked for. */
  constructor(places: SitePlaces, report: (fault: string) => void) {
    this.#places = places;
    this.#report = report;
  }

  /** Forgets what was read. */
  forget(): void {
    this.#outputs = null;
  }

  async file(path: string): Promise<string | Uint8Array | null> {
    this.#outputs ??= new Map(outputsOf(new Site(this.#places)).map((one) => [one.path, one]));
    const output = this.#outputs.get(path);
    if (!output) return null;
    const faults: string[] = [];
    const content = await output.make(faults);
    for (const fault of faults) this.#report(fault);
    if (!path.endsWith('.html')) return content;
    return String(content).replace('</body>', `${RELOAD}</body>`);
  }
}
