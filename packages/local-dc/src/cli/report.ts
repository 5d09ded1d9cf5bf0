import type { LocalDc } from '../local-dc.js';
import type { TestUser } from '../options.js';

/** What somebody needs to know who connects to the data center. */
export interface About {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number | null;
  readonly dataCenters: readonly {
    readonly id: number;
    readonly host: string;
    readonly port: number;
    readonly cdn?: boolean | undefined;
  }[];
  readonly rsaKey: string;
  /** Null without data centers of the CDN. */
  readonly cdnRsaKey: string | null;
  readonly apiId: number;
  readonly apiHash: string;
  readonly loginCode: string;
  readonly users: readonly {
    readonly id: string;
    readonly phone: string | null;
    readonly token: string | null;
    readonly username: string | null;
    readonly dcId: number;
  }[];
}

/** Gathers it; ids as strings, for JSON. */
export function describe(dc: LocalDc, users: readonly TestUser[]): About {
  const { apiId, apiHash } = dc.clientOptions;
  return {
    host: dc.host,
    port: dc.port,
    tlsPort: dc.tlsPort,
    dataCenters: dc.world.addresses,
    rsaKey: dc.rsaKey,
    cdnRsaKey: dc.cdnRsaKey,
    apiId,
    apiHash,
    loginCode: dc.loginCode,
    users: users.map((user) => ({ ...user, id: String(user.id) })),
  };
}

/** The same for people. */
export function report(about: About): string {
  const lines = about.dataCenters.map(
    ({ id, host, port, cdn }) => `Data center ${id}  ${host}:${port}${cdn ? '  CDN' : ''}`,
  );
  if (about.tlsPort !== null) lines.push(`TLS            ${about.host}:${about.tlsPort}`);
  lines.push(`api_id         ${about.apiId}`, `api_hash       ${about.apiHash}`);
  lines.push(`Login code     ${about.loginCode}`, '');
  for (const { id, phone, token, username } of about.users) {
    const name = username === null ? '' : `  @${username}`;
    lines.push(token === null ? `User ${id}  +${phone}${name}` : `Bot  ${id}  ${token}${name}`);
  }
  lines.push('', about.rsaKey.trim(), '', 'Ctrl+C stops it.');
  return `${lines.join('\n')}\n`;
}
