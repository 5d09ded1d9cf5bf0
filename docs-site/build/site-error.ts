/** The sources of the site are at fault. The message is for people: a headline and a line per fault. */
export class SiteError extends Error {
  override readonly name = 'SiteError';
  readonly faults: readonly string[];

  constructor(headline: string, faults: readonly string[] = []) {
    super([headline, ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.faults = faults;
  }
}
