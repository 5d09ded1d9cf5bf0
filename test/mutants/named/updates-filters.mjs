/**
 * @param {string} file - in `updates/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests - in `unit/runtime/updates/`.
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `updates/filters: ${name}`,
  file: `packages/runtime/src/updates/${file}.ts`,
  from,
  to,
  tests: tests.map((test) => `unit/runtime/updates/${test}.test.ts`),
});

/** @type {readonly import('./types.js').NamedMutant[]} */
export const updatesFilters = [
  mutant(
    'filters/filter',
    'not() that does not invert',
    '(this.match(event) === null ? NOTHING : null)',
    '(this.match(event) === null ? null : NOTHING)',
    'filters/laws',
  ),
  mutant(
    'filters/filter',
    'and() that forgets what the first found',
    'return theirs && joined(mine, theirs);',
    'return theirs;',
    'filters/adds',
  ),
  mutant(
    'filters/filter',
    'or() that asks the second first',
    'this.match(event) ?? other.match(event)',
    'other.match(event) ?? this.match(event)',
    'filters/laws',
  ),
  mutant(
    'filters/filter',
    'and() that wants no albums',
    'joined(mine, theirs);\n    };\n    return new Filter(match, this.albums || other.albums);',
    'joined(mine, theirs);\n    };\n    return new Filter(match, this.albums);',
    'filters/laws',
  ),
  mutant(
    'filters/filter',
    'a predicate that is not asked',
    'return found !== null && predicate(eventWith(event, found)) ? found : null;',
    'return found;',
    'filters/messages',
  ),
  mutant(
    'filters/finder',
    'an expression that goes on where it was',
    'own.lastIndex = 0;',
    '',
    'filters/texts',
  ),
  mutant(
    'filters/command',
    'a command for another bot',
    'return names.some((name) => name.toLowerCase() === to.toLowerCase());',
    'return true;',
    'filters/texts',
  ),
  mutant(
    'filters/command',
    'a command in a group for whoever it may be',
    'return event.chatId !== null && event.chatId > 0n;',
    'return true;',
    'filters/texts',
  ),
  mutant(
    'filters/command',
    'a command that only begins like the name',
    '/^\\S*/',
    '/^\\w{0,5}/',
    'filters/texts',
  ),
  mutant(
    'filters/found',
    'edited messages pass for new ones',
    "return message?._ === 'message' && !edited ? message : null;",
    "return message?._ === 'message' ? message : null;",
    'filters/messages',
  ),
  mutant(
    'filters/messages',
    'incoming lets outgoing pass',
    '(one.out === true) === out',
    'out !== null',
    'filters/messages',
  ),
  mutant(
    'filters/chats',
    'names compared with their case',
    'names.has(name.toLowerCase())',
    'names.has(name)',
    'filters/chats',
  ),
  mutant(
    'filters/members',
    'whoever comes has left',
    "return is ? 'joined' : 'left';",
    "return is ? 'left' : 'joined';",
    'filters/messages',
  ),
  mutant(
    'filters/media',
    'round videos pass for videos',
    "if (moving?.roundMessage === true || round === true) return 'video-note';",
    '',
    'filters/media',
  ),
  mutant(
    'event/chat-of',
    'deleted messages of a channel are of no chat',
    "['channelId', 'channel'],",
    '',
    'event/chat-of',
  ),
  mutant(
    'event/chat-of',
    'who joins a group is the chat',
    "  ['chatId', 'chat'],\n  ['userId', 'user'],",
    "  ['userId', 'user'],\n  ['chatId', 'chat'],",
    'event/chat-before-user',
  ),
  mutant(
    'event/chat-of',
    'what this account sent was sent by the other',
    "return message['out'] === true ? self && mark('user', self) : chat;",
    'return chat;',
    'event/chat-of',
  ),
  mutant(
    'event/chat-of',
    'a secret chat passes for a basic group',
    'if (SECRET.test(nameOf(fields))) return secretChatOf(fields);',
    '',
    'event/chat-of',
  ),
  mutant(
    'event/chat-of',
    'ids that no peer has',
    "typeof id === 'bigint' && isPeerId(type, id) ? markedId(type, id) : null",
    "typeof id === 'bigint' ? markedId(type, id) : null",
    'event/chat-of',
  ),
  mutant(
    'event/event',
    'stop() of one handler that others do not see',
    'this.root.isStopped = true;',
    'this.isStopped = true;',
    'event/event',
  ),
  mutant(
    'event/event',
    'results of own requests pass for those of others',
    "this.from === 'own' || ",
    '',
    'event/event',
  ),
  mutant(
    'event/with',
    'what one handler found is seen by the others',
    'const made: object = { __proto__: Object.getPrototypeOf(event) as object, ...event, ...adds };',
    'const made: object = Object.defineProperties(event, Object.getOwnPropertyDescriptors(adds));',
    'event/event',
  ),
  mutant(
    'event/entities',
    'names that are switched off',
    '.filter(({ active }) => active)',
    '.filter(({ active }) => active || true)',
    'filters/chats',
  ),
  mutant(
    'event/ask',
    'a question that cannot be sent is waited for',
    'giveUp.abort(error);',
    '',
    'event/event',
  ),
];
