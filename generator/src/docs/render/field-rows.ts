import type { FieldDoc } from '../types.js';
import { codeSpan, escapeCell, escapeText } from './escape.js';
import type { PageWriter } from './page-writer.js';
import { lowerFirst, sentence } from './plain-text.js';

/** Rows of the table of parameters or fields. */
export function fieldRows(fields: readonly FieldDoc[], writer: PageWriter) {
  return fields.map((field) => ({
    name: codeSpan(field.name),
    type: escapeCell(typeCell(field, writer)),
    required: requiredCell(field),
    description: descriptionCell(field, writer),
  }));
}

function requiredCell({ required, flag }: FieldDoc): string {
  if (required === 'filled') return 'Filled in';
  if (required === 'yes') return 'Yes';
  if (flag === null) return 'No';
  return `No ${codeSpan(flag.bit === null ? flag.word : `${flag.word}.${flag.bit}`)}`;
}

function descriptionCell({ description, filledWith }: FieldDoc, writer: PageWriter): string {
  if (filledWith === null) return writer.cell(description);
  const filled = `Left out of a \`client.api\` call, it is ${lowerFirst(escapeText(filledWith))}`;
  const parts = [description === null ? '' : sentence(writer.inline(description)), filled];
  return escapeCell(sentence(parts.join(' ').trim()));
}

/** The type, with what is accepted in its place standing before it. */
function typeCell({ type, accepts }: FieldDoc, writer: PageWriter): string {
  if (accepts === null) return writer.types(type);
  // Of a vector it is the items that may be something else: the innermost type is the last that has a page.
  const at = type.findLastIndex(({ ref }) => ref !== null);
  const before = writer.types(type.slice(0, at));
  const own = writer.types(type.slice(at, at + 1));
  const text = before + substitutes(accepts, own) + writer.types(type.slice(at + 1));
  return text.replace(/<(?=[A-Za-z/!?])/g, '&lt;');
}

/** `A, B or C` and the type → `A, B, C or Type`. */
export function substitutes(words: string, type: string): string {
  const parts = words.split(', ');
  const last = (parts.pop() ?? '').replace(/^or /, '');
  const [head = '', ...rest] = last.split(' or ');
  const all = [...parts, head, ...(rest.length === 0 ? [] : [rest.join(' or ')])];
  const ambiguous = rest.length > 1 || / or /.test(all.at(-1) ?? '');
  return `${all.map(escapeText).join(', ')}${ambiguous ? ',' : ''} or ${type}`;
}
