import type { UpdateEvent } from '../event/event.js';
import { checkTexts, described } from './check.js';
import { FilterError } from './errors.js';
import { Filter } from './filter.js';
import { newMessageOf, type FoundMessage } from './found.js';

/** What a command says. */
export interface Command<Name extends string = string> {
  /** Without its prefix, as it was given to the filter. */
  readonly name: Name;
  /** What follows, without spaces around it: of `/start code`, the parameter of the deep link. */
  readonly args: string;
  /** The words of it. */
  readonly argv: readonly string[];
  /** The bot that it is for, as written after `@`; null: not said. */
  readonly to: string | null;
}

/** How commands are written. */
export interface CommandOptions {
  /** What goes before the name; one of several. Default `/`. */
  readonly prefix?: string | readonly string[] | undefined;
  /** Whether `/Start` is not `/start`. Default false. */
  readonly caseSensitive?: boolean | undefined;
}

/**
 * A new message that is one of these commands, in its text or caption. Adds the `command`.
 *
 * `/start@name` counts when `name` is one of this account's user names. When none is known, it counts in private
 * chats, where nobody else could be meant, and nowhere else.
 *
 * @param names - without prefix, in which there are no spaces and no @.
 * @throws FilterError for a name that no message could have.
 * @example `client.on(filters.command('start'), (event) => event.reply(event.command.args))`
 */
export function command<const Name extends string>(
  names: Name | readonly Name[],
  options: CommandOptions = {},
): Filter<FoundMessage & { readonly command: Command<Name> }> {
  const { prefix = '/', caseSensitive = false } = options;
  const prefixes = listOf(prefix, 'give prefixes, as strings');
  const given = listOf(names, 'name commands, as strings');
  const fold = (name: string): string => (caseSensitive ? name : name.toLowerCase());
  const wanted = new Map<string, Name>();
  for (const name of given) {
    checkName(name, prefixes);
    wanted.set(fold(name), name);
  }
  if (wanted.size === 0) throw new FilterError('command', 'name at least one command');
  return new Filter((event) => {
    const found = newMessageOf(event);
    const said = found?.message.message;
    if (!said) return null;
    for (const one of prefixes) {
      const parts = split(said, one);
      const name = parts ? wanted.get(fold(parts.name)) : undefined;
      if (parts && name !== undefined && isForUs(event, parts.to)) {
        return { ...found, command: { ...parts, name } };
      }
    }
    return null;
  });
}

/** Prefix, name, perhaps `@` and a bot, and whatever follows. */
function split(text: string, prefix: string): Command | null {
  if (!text.startsWith(prefix)) return null;
  const [word = ''] = /^\S*/.exec(text.slice(prefix.length)) ?? [];
  const args = text.slice(prefix.length + word.length).trim();
  const at = word.indexOf('@');
  return {
    name: at < 0 ? word : word.slice(0, at),
    args,
    argv: args === '' ? [] : args.split(/\s+/),
    to: at < 0 ? null : word.slice(at + 1),
  };
}

function isForUs(event: UpdateEvent, to: string | null): boolean {
  if (to === null) return true;
  const { self } = event;
  const names = self ? [...event.usernamesOf(self.id)] : [];
  if (self?.username) names.push(self.username);
  if (names.length === 0) return event.chatId !== null && event.chatId > 0n;
  return names.some((name) => name.toLowerCase() === to.toLowerCase());
}

/** One string, or several. @throws FilterError. */
function listOf<Text extends string>(
  given: Text | readonly Text[],
  needed: string,
): readonly Text[] {
  const list: unknown = typeof given === 'string' ? [given] : given;
  if (!Array.isArray(list)) {
    throw new FilterError('command', `got ${described(list)}: ${needed}`);
  }
  checkTexts('command', list);
  return list as readonly Text[];
}

function checkName(name: string, prefixes: readonly string[]): void {
  if (name === '' || /[\s@]/.test(name)) {
    throw new FilterError(
      'command',
      `${JSON.stringify(name.slice(0, 64))} is no name of a command: it has characters, and none is a space or @`,
    );
  }
  const written = prefixes.find((prefix) => prefix !== '' && name.startsWith(prefix));
  if (written !== undefined || prefixes.length === 0) {
    throw new FilterError(
      'command',
      prefixes.length === 0
        ? 'give at least one prefix'
        : `write the name without ${JSON.stringify(written)}, which is the prefix`,
    );
  }
}
