/** What a table says of a name from a schema, which may well be `constructor` or `toString`. */
export function own<T>(
  table: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}
