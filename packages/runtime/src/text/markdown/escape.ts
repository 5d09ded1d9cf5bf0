/** An address between parentheses, as both kinds of Markdown write it. */
export function escapeAddress(address: string): string {
  return address.replace(/[)\\]/g, '\\$&');
}
