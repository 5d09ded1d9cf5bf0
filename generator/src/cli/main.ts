import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ownVersion } from '../io/version.js';
import { CATALOGUE } from './catalogue.js';
import type { CommandSpec, OptionSpec, Options } from './command.js';
import { Context, type GlobalOptions } from './context.js';
import type { CliIo } from './io.js';

/**
 * Runs the command line in this process.
 *
 * @param argv - arguments after the program's name.
 * @returns the exit code: 0 done, 1 the input is at fault or a check failed, 2 wrong usage.
 */
export async function run(argv: readonly string[], io: CliIo): Promise<number> {
  let exitCode = 0;
  // Also for errors that come before commander has read the options.
  const json = argv.includes('--json');
  let help = '';
  const writeOut = (text: string): unknown => (json ? (help += text) : io.stdout.write(text));
  const program = createProgram(io, { json, writeOut }, (code) => (exitCode = code));
  const answer = (value: object): unknown => io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      const isVersion = thrown.code === 'commander.version';
      if (thrown.exitCode === 0) {
        if (json) answer(isVersion ? { version: help.trim() } : { help });
        return 0;
      }
      const isHelp = thrown.code === 'commander.help';
      const message = isHelp
        ? 'give a command; --help lists them'
        : thrown.message.replace(/^error: /, '');
      if (json) answer({ error: { code: 'usage', message } });
      return 2;
    }
    const options = program.opts<GlobalOptions>();
    // Loaded only now: with it comes the codec, which `--help` need not wait for.
    const { reportError } = await import('./report-error.js');
    return reportError(new Context(io, { ...options, json }), thrown);
  }
}

/** How commander itself speaks. */
interface Voice {
  readonly json: boolean;
  readonly writeOut: (text: string) => unknown;
}

function createProgram(
  io: CliIo,
  { json, writeOut }: Voice,
  done: (code: number) => void,
): Command {
  const program = new Command('tlgen')
    .description("From Telegram's .tl schema files to typed, fast TypeScript packages.")
    .version(ownVersion(), '-V, --version', 'print the version')
    .option('--json', 'print one machine-readable JSON document')
    .option('--quiet', 'print results and errors only')
    .option('--no-color', 'no colours')
    .helpCommand('help [command]', 'show help for a command')
    .helpOption('-h, --help', 'show help')
    .showHelpAfterError('(--help shows what is possible)')
    .exitOverride()
    .configureOutput({
      writeOut,
      // With --json all is said on stdout.
      writeErr: (text) => (json ? undefined : io.stderr.write(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      ...(json ? { outputError: () => {} } : {}),
    })
    .addHelpText('after', '\nExit codes: 0 done, 1 input at fault or check failed, 2 wrong usage.')
    .addHelpText(
      'after',
      '\nStart with:\n  $ tlgen generate --schema my.tl --name my-api --out ./my-api\n' +
        '  $ tlgen <command> --help      options and examples of a command',
    );
  for (const spec of CATALOGUE) program.addCommand(createCommand(program, spec, io, done));
  return program;
}

function createCommand(
  program: Command,
  spec: CommandSpec,
  io: CliIo,
  done: (code: number) => void,
): Command {
  const command = new Command(spec.name).copyInheritedSettings(program).summary(spec.summary);
  command.description(`${spec.summary.charAt(0).toUpperCase()}${spec.summary.slice(1)}.`);
  for (const [name, words] of spec.args) command.argument(name, words);
  for (const option of spec.options) command.addOption(createOption(option));
  const examples = spec.examples.map(([line, words]) => `  $ ${line}\n      ${words}`).join('\n');
  command.addHelpText('after', `\nAlso: --json, --quiet, --no-color\n\nExamples:\n${examples}`);
  return command.action(async (...given: unknown[]) => {
    // Commander hands over the arguments, then the options, then the command.
    const args = given.slice(0, spec.args.length).flat() as (string | undefined)[];
    const options = command.optsWithGlobals<GlobalOptions & Options>();
    const { run } = await spec.load();
    const names = args.filter((one) => one !== undefined);
    done(await run(new Context(io, options), names, options));
  });
}

function createOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.words);
  if (spec.choices) option.choices(spec.choices);
  if (spec.fallback !== undefined) option.default(spec.fallback);
  if (spec.repeat) {
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  }
  if (spec.integer) option.argParser(wholeNumber);
  return option;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
