import { flagText, typeText } from '../../schema/type-text.js';
import type { SchemaCombinator } from '../../schema/types.js';
import type { ConstructorPage, PageRef } from '../types.js';
import type { Book } from './book.js';

/** All forms that a constructor of a layered schema has had, and their fields side by side. */
export function variantsOf(
  one: SchemaCombinator,
  book: Book,
): Pick<ConstructorPage, 'variants' | 'variantFields'> {
  const forms = one.since === null ? [] : book.formsOf(one.name);
  const names = [...new Set(forms.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  return {
    variants: forms.map((form) => ({
      ref: book.ref('constructor', form.key) as PageRef,
      id: form.id.toString(16).padStart(8, '0'),
      since: form.since ?? 0,
      until: form.until,
    })),
    variantFields: names.map((name) => ({
      name,
      types: forms.map((form) => {
        const field = form.fields.find((each) => each.name === name);
        return field === undefined ? null : flagText(field) + typeText(field.type);
      }),
    })),
  };
}
