/**
 * A value as JSON text.
 *
 * @returns undefined for what JSON cannot hold: functions, bigints, bytes, infinite numbers, loops.
 */
export function jsonText(value: unknown): string | undefined {
  let whole = true;
  const check = (_key: string, one: unknown): unknown => {
    if (!holds(one)) whole = false;
    return typeof one === 'bigint' ? null : one;
  };
  try {
    const text = JSON.stringify(value, check) as string | undefined;
    return whole ? text : undefined;
  } catch {
    // A loop, or a getter or toJSON of the caller's that throws.
    return undefined;
  }
}

function holds(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value);
    case 'bigint':
    case 'function':
    case 'symbol':
      return false;
    case 'object':
      return !(value instanceof Uint8Array);
    default:
      return true;
  }
}
