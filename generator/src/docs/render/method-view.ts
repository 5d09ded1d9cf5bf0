import type { MethodPage } from '../types.js';
import { combinatorView, factsWords } from './common-view.js';
import { codeSpan, escapeCell, escapeText } from './escape.js';
import { fieldRows } from './field-rows.js';
import type { PageWriter } from './page-writer.js';
import { sentence } from './plain-text.js';

const CALLERS: Readonly<Record<MethodPage['callers'], string>> = {
  user: 'Users only: a bot cannot call it.',
  bot: 'Bots only: a user cannot call it.',
  both: 'Users and bots.',
  unknown: 'Unknown: the data says nothing about this method.',
};

/** What `method.hbs` shows. */
export function methodView(page: MethodPage, writer: PageWriter) {
  const view = combinatorView(page, writer);
  return {
    ...view,
    notices: [...betterWays(page), ...(view.removed === '' ? [] : [view.removed])],
    resultLines: page.resultConstructors.map(({ tl }) => tl).join('\n'),
    fields: fieldRows(page.fields, writer),
    ways: [...twoWays(page), ...markup(page), ...otherNames(page)],
    result: resultLine(page, writer),
    resultConstructors: page.resultConstructors.map((ref) => writer.item(ref)),
    facts: page.facts === null ? null : factsView(page, page.facts, writer),
  };
}

function betterWays({ instead }: MethodPage): string[] {
  return instead.map(
    ({ use, words, pending }) =>
      `**A better way:** ${[
        `${codeSpan(use)}.`,
        sentence(escapeText(words)),
        ...(pending === null ? [] : [sentence(escapeText(pending))]),
      ].join(' ')}`,
  );
}

/** What `client.api` takes and `client.invoke` does not; nothing where they are the same. */
function twoWays({ fields }: MethodPage): string[] {
  const eases = [
    ...(fields.some(({ accepts }) => accepts !== null) ? ['takes other forms of a type'] : []),
    ...(fields.some(({ required }) => required === 'filled') ? ['fills in what is left out'] : []),
  ];
  if (eases.length === 0) return [];
  return [
    `Only \`client.api\` ${eases.join(' and ')}: \`client.invoke\` needs every parameter but the optional ones, in its own type.`,
  ];
}

function markup({ parseMode }: MethodPage): string[] {
  return parseMode
    ? [
        '`client.api` also takes `parseMode`: `html`, `markdown` or `markdownv2`. It reads `message` as text marked up that way and makes `entities` of it.',
      ]
    : [];
}

function otherNames({ aliases }: MethodPage): string[] {
  if (aliases.length === 0) return [];
  const names = aliases.map(({ alias, property, accepts }) => {
    const kind = accepts === null ? '' : ` (a ${escapeText(accepts)})`;
    return `${codeSpan(alias)}${kind} for ${codeSpan(property)}`;
  });
  return [`\`client.api\` knows names of the Bot API, too: ${names.join(', ')}.`];
}

/** The type, with its description where the list of constructors below does not tell more. */
function resultLine({ result }: MethodPage, writer: PageWriter): string {
  const type = writer.types(result);
  const last = result.findLast(({ ref }) => ref !== null)?.ref;
  const description = last ? writer.desk.descriptionOf(last.path) : null;
  return description === null ? `${type}.` : `${type}: ${writer.line(description)}`;
}

function factsView(page: MethodPage, facts: NonNullable<MethodPage['facts']>, writer: PageWriter) {
  const general = writer.desk.generalErrors(page.schema);
  return {
    errors: page.errors.map(({ code, name, ref, description }) => ({
      code: String(code),
      type: escapeCell(ref === null ? escapeText(name) : writer.link(ref, name)),
      description: writer.cell(description),
    })),
    general: general === null ? '' : writer.url(general),
    callers: CALLERS[page.callers],
    source: factsWords(facts),
  };
}
