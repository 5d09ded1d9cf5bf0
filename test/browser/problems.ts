import type { BrowserContext } from 'playwright-core';

/** What a reader never sees and should not happen: a line each, in the order met. */
export type Problems = string[];

/** What is not the page's fault: a request that a click elsewhere, or the end of the test, cut short. */
const CUT_SHORT = 'net::ERR_ABORTED';

/** Notes warnings and errors of the console, errors of scripts, failed requests and requests to anything but the site. */
export function watch(context: BrowserContext, roots: readonly string[]): Problems {
  const problems: Problems = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => {
    problems.push(`script error: ${error.error().message} (${error.page()?.url()})`);
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!roots.some((root) => url.startsWith(root))) problems.push(`outside request: ${url}`);
  });
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (why !== CUT_SHORT) problems.push(`failed request: ${request.url()} (${why})`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) problems.push(`answer ${response.status()}: ${response.url()}`);
  });
  return problems;
}
