import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { checkOptions } from '../check-options.js';
import { LocalDc } from '../local-dc.js';
import type { LocalDcOptions, TestUser } from '../options.js';
import { describe, report } from './report.js';

interface Flags {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number | false;
  readonly dc: readonly number[];
  readonly cdn: readonly number[];
  readonly seed?: string;
  readonly code: string;
  readonly users: number;
  readonly bots: number;
  readonly strict: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

const examples = `
Examples:
  $ tlgen-local-dc                              one data center, two users and a bot
  $ tlgen-local-dc --port 8443 --dc 1,2,4       three data centers on ports 8443 … 8445
  $ tlgen-local-dc --json --users 5 > dc.json   what a program needs to connect
  $ tlgen-local-dc --code 12345 --verbose       another login code, log on stderr`;

/** What the command line understands. */
export function program(run: (flags: Flags, command: Command) => Promise<void>): Command {
  const { version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  return new Command('tlgen-local-dc')
    .description('Starts a Telegram data center on this machine, to test bots and clients against.')
    .version(version)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port of the first data center; 0: a free one', portNumber, 0)
    .option('--tls-port <number>', 'the same for https and wss', portNumber, 0)
    .option('--no-tls-port', 'without https and wss')
    .option('--dc <ids>', 'ids of the data centers, the first is home', ids, [2])
    .option('--cdn <ids>', 'ids of data centers of the CDN', ids, [])
    .option('--seed <text>', 'makes users, tokens and salts repeatable')
    .option('--code <digits>', 'login code', '22222')
    .option('--users <count>', 'users to create', count, 2)
    .option('--bots <count>', 'bots to create', count, 1)
    .option('--no-strict', 'accept what the real servers refuse')
    .option('--json', 'print one JSON object')
    .option('--verbose', 'log requests and refusals to stderr')
    .addHelpText('after', examples)
    .showSuggestionAfterError()
    .exitOverride((error) => {
      // 2: wrong usage, as everywhere in tlgen; help and version are no errors.
      process.exit(error.exitCode === 0 ? 0 : 2);
    })
    .action((flags: Flags, command: Command) => run(flags, command));
}

/** Runs the command until it is told to stop. */
export async function main(argv: readonly string[]): Promise<void> {
  await program(serve).parseAsync([...argv]);
}

async function serve(flags: Flags, command: Command): Promise<void> {
  const dc = await LocalDc.start(checked(optionsOf(flags), command));
  const users: TestUser[] = [];
  for (let i = 0; i < flags.users; i++) users.push(await dc.createUser());
  for (let i = 0; i < flags.bots; i++) users.push(await dc.createUser({ bot: true }));
  const about = describe(dc, users);
  process.stdout.write(flags.json ? `${JSON.stringify(about, null, 2)}\n` : report(about));
  await stopSignal();
  await dc.close();
}

function optionsOf(flags: Flags): LocalDcOptions {
  return {
    host: flags.host,
    port: flags.port,
    tlsPort: flags.tlsPort,
    dataCenters: flags.dc,
    cdnDataCenters: flags.cdn,
    seed: flags.seed,
    loginCode: flags.code,
    strict: flags.strict,
    logger: flags.verbose ? (level, line) => console.error(`${level}: ${line}`) : undefined,
  };
}

/** Options that cannot be together, such as ports that overlap, are wrong usage, too. */
function checked(options: LocalDcOptions, command: Command): LocalDcOptions {
  try {
    checkOptions(options);
  } catch (thrown) {
    command.error(`error: ${(thrown as TypeError).message}`);
  }
  return options;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError('A port is 0 … 65535.');
  return port;
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 1000)
    throw new InvalidArgumentError('Give a number of 0 … 1000.');
  return number;
}

function ids(text: string): number[] {
  const list = text.split(',').map(Number);
  if (!list.every((id) => Number.isInteger(id) && id > 0 && id < 1000))
    throw new InvalidArgumentError('Give ids like 1,2,4.');
  if (new Set(list).size !== list.length) throw new InvalidArgumentError('Give each id once.');
  return list;
}
