import { layoutOf, type ApiSchema, type TlObject } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { FileError } from '../errors.js';
import { asInstance } from '../location/as-instance.js';
import { Fields } from '../location/fields.js';

/** Media of an answer or an explanation, to be sent again. */
export type Resend = (media: Fields) => Promise<base.TypeInputMedia>;

/**
 * A received poll as a new one, open and without votes. Of a quiz the right answer has to be known: it is once it was
 * answered or closed.
 *
 * @throws FileError `NO_FILE`; what `resend` throws.
 */
export async function resendPoll(
  schema: ApiSchema,
  media: Fields,
  resend: Resend,
): Promise<base.TypeInputMedia> {
  const poll = media.object('poll');
  const results = media.object('results');
  if (!poll) throw new FileError('NO_FILE', `${media.name} lacks poll`);
  const solution = results?.text('solution');
  const attached = media.object('attachedMedia');
  const explained = solution === undefined ? undefined : results?.object('solutionMedia');
  return constructObject<base.InputMediaPoll>(schema, 'inputMediaPoll', {
    poll: await newPoll(schema, poll, resend),
    correctAnswers: poll.flag('quiz') ? correctAnswers(schema, poll, results) : undefined,
    attachedMedia: attached && (await resend(attached)),
    solution,
    solutionEntities:
      solution === undefined
        ? undefined
        : (objects(schema, results?.list('solutionEntities') ?? []) as base.TypeMessageEntity[]),
    solutionMedia: explained && (await resend(explained)),
  });
}

async function newPoll(schema: ApiSchema, poll: Fields, resend: Resend): Promise<base.Poll> {
  const question = poll.raw('question');
  const answers: TlObject[] = [];
  for (const answer of poll.objects('answers')) {
    answers.push(await newAnswer(schema, answer, resend));
  }
  const flags = [
    'publicVoters',
    'multipleChoice',
    'quiz',
    'openAnswers',
    'revotingDisabled',
    'shuffleAnswers',
    'hideResultsUntilClose',
    'subscribersOnly',
  ] as const;
  return constructObject<base.Poll>(schema, 'poll', {
    id: 0n,
    ...Object.fromEntries(flags.map((flag) => [flag, poll.flag(flag)])),
    // A text before layer 178.
    question: (typeof question === 'object' && question !== null
      ? asInstance(schema, question)
      : question) as base.TypeTextWithEntities,
    answers: answers as base.TypePollAnswer[],
    closePeriod: poll.int('closePeriod'),
    closeDate: undefined,
    countriesIso2: poll.raw('countriesIso2') as string[] | undefined,
    hash: 0n,
  });
}

/** What is sent has a constructor of its own since answers may have media. */
async function newAnswer(schema: ApiSchema, answer: Fields, resend: Resend): Promise<TlObject> {
  const find = schema.constructor as (name: string) => unknown;
  const text = answer.raw('text');
  const media = answer.object('media');
  const init = {
    text: (typeof text === 'object' && text !== null
      ? asInstance(schema, text)
      : text) as base.TypeTextWithEntities,
  };
  if (find('inputPollAnswer')) {
    return constructObject<base.InputPollAnswer>(schema, 'inputPollAnswer', {
      ...init,
      media: media && (await resend(media)),
    });
  }
  return constructObject<base.PollAnswer>(schema, 'pollAnswer', {
    ...init,
    option: answer.bytes('option'),
    media: undefined,
    addedBy: undefined,
    date: undefined,
  });
}

/** Numbers of the right answers; before, layers had their options there. */
function correctAnswers(schema: ApiSchema, poll: Fields, results: Fields | undefined): number[] {
  const options = poll.objects('answers').map((answer) => hex(answer.bytes('option')));
  const right = (results?.objects('results') ?? []).filter((one) => one.flag('correct'));
  const numbers = right.map((one) => options.indexOf(hex(one.bytes('option'))));
  if (numbers.length === 0 || numbers.includes(-1)) {
    throw new FileError(
      'NO_FILE',
      'The quiz cannot be sent again: its right answer is not known before it was answered or closed. Make an inputMediaPoll',
    );
  }
  if (!takesOptions(schema)) return numbers;
  return right.map((one) => one.bytes('option')) as unknown as number[];
}

function takesOptions(schema: ApiSchema): boolean {
  const find = schema.constructor as (name: string) => Parameters<typeof layoutOf>[0] | undefined;
  const found = find('inputMediaPoll');
  const field = found && layoutOf(found).find(({ name }) => name === 'correctAnswers');
  return field?.type.kind === 'vector' && field.type.item.kind === 'bytes';
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('');

const objects = (schema: ApiSchema, list: readonly unknown[]): TlObject[] =>
  list.flatMap((one) => (typeof one === 'object' && one !== null ? [asInstance(schema, one)] : []));
