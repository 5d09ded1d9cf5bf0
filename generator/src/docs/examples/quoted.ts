/** A string of TypeScript or JavaScript as prettier writes it: single quotes, unless it holds more of those than double ones. */
export function quoted(text: string): string {
  const body = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  const count = (quote: string): number => body.split(quote).length;
  const quote = count("'") > count('"') ? '"' : "'";
  return quote + body.replaceAll(quote, `\\${quote}`) + quote;
}
