/**
 * A string literal as prettier writes it: in single quotes, unless it holds more of those than of double ones. The one
 * way in which text from a schema or a data file gets into generated code.
 */
export function literal(text: string): string {
  const body = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`);
  const count = (quote: string): number => body.split(quote).length;
  const quote = count("'") > count('"') ? '"' : "'";
  return quote + body.replaceAll(quote, `\\${quote}`) + quote;
}
