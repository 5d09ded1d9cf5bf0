/** Bytes of an IPv4 address in dotted form; null for anything else. */
export function ipv4Bytes(host: string): Uint8Array | null {
  const parts = host.split('.');
  if (parts.length !== 4) return null;
  const bytes = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : -1));
  return bytes.every((byte) => byte >= 0 && byte <= 255) ? Uint8Array.from(bytes) : null;
}

/** Bytes of an IPv6 address (RFC 4291: `::`, a dotted end); null for anything else. */
export function ipv6Bytes(host: string): Uint8Array | null {
  if (!host.includes(':')) return null;
  const halves = host.split('::');
  if (halves.length > 2) return null;
  const head = groupBytes(halves[0] ?? '');
  const tail = groupBytes(halves[1] ?? '');
  if (head === null || tail === null) return null;
  const gap = 16 - head.length - tail.length;
  if (halves.length === 1 ? gap !== 0 : gap < 2) return null;
  return Uint8Array.from([...head, ...new Array<number>(gap).fill(0), ...tail]);
}

function groupBytes(text: string): number[] | null {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const dotted = index === groups.length - 1 ? ipv4Bytes(group) : null;
    if (dotted !== null) {
      bytes.push(...dotted);
    } else if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else {
      return null;
    }
  }
  return bytes;
}

/** `host:port`, with brackets around IPv6. */
export function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
