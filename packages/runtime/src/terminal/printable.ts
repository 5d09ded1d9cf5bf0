/** What a server wrote, fit for a terminal: nothing in it can move the cursor or change colours. Lines stay. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu, (one) =>
    one === '\n' ? one : '',
  );
}
