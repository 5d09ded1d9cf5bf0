import type { CommandSpec, OptionSpec } from './command.js';

const CONFIG: OptionSpec = {
  flags: '--config <file>',
  words: 'config file instead of tlgen.config.*',
};
const COMPILE: OptionSpec = { flags: '--no-compile', words: 'sources only, no dist/' };
const FORMAT: OptionSpec = { flags: '--format', words: 'run prettier over the sources' };
const FORCE: OptionSpec = { flags: '--force', words: 'overwrite files of your own; do not skip' };
const LAYER: OptionSpec = { flags: '--layer <n>', words: 'layer number', integer: true };
const OUT: OptionSpec = { flags: '--out <folder>', words: 'folder of the package' };
const OVERLAY: OptionSpec = {
  flags: '--overlay <file>',
  words: "what clients add to calls, or none (default: tlgen's own, for Telegram's API)",
};
const NAME: OptionSpec = { flags: '--name <name>', words: 'npm name of the package' };

/** Commands that write something. */
export const MAKING: readonly CommandSpec[] = [
  {
    name: 'generate',
    summary: 'turn schemas into TypeScript packages',
    args: [['[names...]', 'schemas of the config (default: all)']],
    options: [
      { flags: '--schema <file>', words: 'a schema file, without any config', repeat: true },
      NAME,
      LAYER,
      OVERLAY,
      OUT,
      CONFIG,
      { flags: '--watch', words: 'run again whenever a schema changes' },
      FORMAT,
      COMPILE,
      FORCE,
    ],
    examples: [
      ['tlgen generate', 'everything in tlgen.config.ts or schemas/manifest.json'],
      ['tlgen generate secret --watch', 'one of them, again on every change'],
      ['tlgen generate --schema my.tl --name my-api --out ./my-api', 'any file, without config'],
    ],
    load: () => import('./commands/generate.js'),
  },
  {
    name: 'check',
    summary: 'regenerate in memory and compare with what is on disk',
    args: [['[names...]', 'schemas of the config (default: all)']],
    options: [
      { flags: '--schema <file>', words: 'a schema file, without any config', repeat: true },
      NAME,
      LAYER,
      OVERLAY,
      OUT,
      CONFIG,
      FORMAT,
      COMPILE,
    ],
    examples: [
      ['tlgen check', 'exit code 1 when `tlgen generate` would change something'],
      ['tlgen check telegram --no-compile', 'sources of one schema only'],
    ],
    load: () => import('./commands/check.js'),
  },
  {
    name: 'docs',
    summary: 'write Markdown pages, with JSON twins, for everything in a schema',
    args: [['[names...]', 'schemas of the config (default: all)']],
    options: [
      { flags: '--schema <file>', words: 'a schema file, alone at the root', repeat: true },
      { flags: '--name <name>', words: 'npm name that examples import (with --schema)' },
      { flags: '--layer <n>', words: 'layer number (with --schema)', integer: true },
      { flags: '--older <file>', words: 'an older layer of the schema, for history', repeat: true },
      { flags: '--out <folder>', words: 'folder of the pages', fallback: 'docs' },
      CONFIG,
      { flags: '--force', words: 'overwrite files of your own' },
    ],
    examples: [
      ['tlgen docs', 'everything in the config, the main schema at the root of docs/'],
      ['tlgen docs --schema my.tl --out reference', 'any schema file'],
      ['tlgen docs telegram --older api-227.tl --older api-223.tl', 'with what each layer changed'],
    ],
    load: () => import('./commands/docs.js'),
  },
  {
    name: 'slice',
    summary: 'make a package with only what some methods need',
    args: [['<methods...>', 'methods, or constructors and types to keep besides']],
    options: [
      {
        flags: '--schema <file>',
        words: 'schema file, or a name in the config (default: telegram)',
        repeat: true,
      },
      NAME,
      OUT,
      LAYER,
      OVERLAY,
      FORMAT,
      COMPILE,
      FORCE,
    ],
    examples: [
      [
        'tlgen slice messages.sendMessage users.getUsers --name tiny-telegram --out ./tiny',
        'two methods and the types they reach',
      ],
    ],
    load: () => import('./commands/slice.js'),
  },
  {
    name: 'pull',
    summary: 'fetch a newer layer, show what changes, then write it',
    args: [],
    options: [
      { flags: '--from <source>', words: "URL or file (default: Telegram Desktop's api.tl)" },
      { flags: '--schema <file>', words: 'schema file to compare with and to update' },
      { flags: '--yes', words: 'write without asking' },
    ],
    examples: [
      ['tlgen pull', 'show what is new, then ask'],
      ['tlgen pull --from ./api-230.tl --yes', 'take a file over'],
    ],
    load: () => import('./commands/pull.js'),
  },
  {
    name: 'init',
    summary: 'write a tlgen.config.ts to start from',
    args: [],
    options: [],
    examples: [['tlgen init', 'never overwrites a file']],
    load: () => import('./commands/init.js'),
  },
];
