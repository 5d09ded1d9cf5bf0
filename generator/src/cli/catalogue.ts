import type { CommandSpec, OptionSpec } from './command.js';
import { MAKING } from './catalogue-making.js';

const SCHEMA: OptionSpec = {
  flags: '--schema <file>',
  words: 'schema file, or a name in the config (default: telegram)',
  repeat: true,
};

const LOOKING: readonly CommandSpec[] = [
  {
    name: 'inspect',
    summary: 'show a constructor, method, type or RPC error',
    args: [['<name>', 'TL name, #id (also 0x… or bare hex) or RPC error name']],
    options: [SCHEMA],
    examples: [
      ['tlgen inspect messages.sendEncrypted', 'fields, result, errors, who may call it'],
      ['tlgen inspect "#44fa7a15"', 'whose id that is'],
      ['tlgen inspect PEER_FLOOD', 'which methods answer with that error'],
    ],
    load: () => import('./commands/inspect.js'),
  },
  {
    name: 'decode',
    summary: 'turn bytes into readable JSON',
    args: [['<input...>', 'hex, base64, a file, or - for stdin']],
    options: [
      SCHEMA,
      { flags: '--type <type>', words: "what it is: 'Vector<User>', or a method for its result" },
    ],
    examples: [
      ['tlgen decode 15c4b51c01000000…', 'a blob from a log'],
      ["tlgen decode dump.bin --type 'Vector<User>'", 'a value without an id of its own'],
      ['tlgen decode answer.bin --type users.getUsers', "a method's result"],
      ['tlgen decode broken.bin', 'shows how far it got, and where it stopped'],
    ],
    load: () => import('./commands/decode.js'),
  },
  {
    name: 'encode',
    summary: 'turn JSON into bytes',
    args: [['<input>', 'JSON with "_", a file, or - for stdin']],
    options: [
      SCHEMA,
      {
        flags: '--format <format>',
        words: 'how to print the bytes',
        choices: ['hex', 'base64', 'raw'],
        fallback: 'hex',
      },
    ],
    examples: [
      [`tlgen encode '{"_":"inputPeerUser","userId":"1","accessHash":"2"}'`, 'as hex'],
      ['tlgen encode request.json --format raw > request.bin', 'as a file'],
    ],
    load: () => import('./commands/encode.js'),
  },
  {
    name: 'diff',
    summary: 'compare two schemas: what changed and what breaks',
    args: [
      ['<old>', 'schema file, or a name in the config'],
      ['<new>', 'schema file, or a name in the config'],
    ],
    options: [
      {
        flags: '--format <format>',
        words: 'how to print the differences',
        choices: ['text', 'short', 'md', 'json'],
        fallback: 'text',
      },
    ],
    examples: [
      ['tlgen diff api-228.tl api-229.tl', 'for people'],
      ['tlgen diff api-228.tl api-229.tl --format short', 'counts and names only'],
      ['tlgen diff api-228.tl telegram --format md > NEWS.md', 'for release notes'],
    ],
    load: () => import('./commands/diff.js'),
  },
  {
    name: 'verify',
    summary: 'check every id against the CRC32 of its line',
    args: [],
    options: [SCHEMA],
    examples: [
      ['tlgen verify', 'all schemas of the config'],
      ['tlgen verify --schema my.tl', 'one file'],
    ],
    load: () => import('./commands/verify.js'),
  },
  {
    name: 'stats',
    summary: 'count what a schema holds',
    args: [],
    options: [SCHEMA],
    examples: [
      ['tlgen stats', 'of every schema in the config'],
      ['tlgen stats --schema my.tl --json', 'of a file, for scripts'],
    ],
    load: () => import('./commands/stats.js'),
  },
  {
    name: 'convert',
    summary: 'rewrite a schema as TL or as TL-JSON',
    args: [['[file]', 'schema file, or a name in the config (default: telegram)']],
    options: [
      SCHEMA,
      { flags: '--to <format>', words: 'the form to write', choices: ['tl', 'json'] },
      { flags: '--out <file>', words: 'write there instead of printing' },
    ],
    examples: [
      ['tlgen convert api.tl --to json', 'the official JSON form'],
      ['tlgen convert api.json --to tl --out api.tl', 'and back'],
    ],
    load: () => import('./commands/convert.js'),
  },
];

/** All commands, in the order in which help lists them. */
export const CATALOGUE: readonly CommandSpec[] = [...MAKING, ...LOOKING];
