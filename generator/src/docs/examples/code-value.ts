import type { PackageModel } from '../../model/types.js';
import type { ExampleObject, ExampleValue } from './example-value.js';
import type { ImportNames } from './import-names.js';
import type { Layout, LayoutGroup } from './layout.js';
import { listLayout } from './list-layout.js';
import { propertyOf } from './property-of.js';
import { literal } from '../../model/literal.js';
import { rootName } from './root-name.js';

/** Longest bytes that are listed one by one in a call. */
const SHORT = 8;

/** Writes values as expressions of TypeScript and JavaScript. */
export class CodeWriter {
  constructor(
    private readonly model: PackageModel,
    private readonly names: ImportNames,
  ) {}

  value(value: ExampleValue): Layout {
    switch (value.kind) {
      case 'number':
      case 'double':
      case 'boolean':
        return String(value.value);
      case 'bigint':
        return `${value.value}n`;
      case 'string':
        return literal(value.value);
      case 'bytes':
        return bytesLayout(value.value);
      case 'list':
        return listLayout(value, ',', (item) => this.value(item));
      case 'object':
        return this.object(value);
    }
  }

  /** `new messages.SendEncryptedRequest({ … })`. */
  object({ of, fields }: ExampleObject): Layout {
    const places = of.kind === 'method' ? this.model.methods : this.model.constructors;
    const place = places.get(of.key);
    if (place === undefined) throw new Error(`the model is of another schema: no ${of.key}`);
    const name = this.names.use(rootName(this.model, place));
    if (fields.length === 0) return `new ${name}()`;
    const items = fields.map((field) => ({
      key: `${propertyOf(of, field.name)}:`,
      value: this.value(field.value),
    }));
    return constructed(name, { open: '{', close: '}', items, padding: ' ', trailing: ',' });
  }
}

function bytesLayout(bytes: Uint8Array): Layout {
  const first = bytes[0] ?? 0;
  if (bytes.length > 2 && bytes.every((one) => one === first))
    return `new Uint8Array(${bytes.length}).fill(${first})`;
  const text = new TextDecoder().decode(bytes);
  if (/^[\w -]+$/.test(text)) return `new TextEncoder().encode(${literal(text)})`;
  const numbers = [...bytes].map(String);
  if (numbers.length <= SHORT) return `Uint8Array.of(${numbers.join(', ')})`;
  return constructed('Uint8Array', numberList(numbers));
}

function numberList(items: readonly string[]): LayoutGroup {
  return { open: '[', close: ']', items, padding: '', trailing: ',', filled: true };
}

/** `new name(argument)`. */
function constructed(name: string, argument: LayoutGroup): LayoutGroup {
  const brackets = { open: `new ${name}(`, close: ')' };
  return { ...brackets, items: [argument], padding: '', trailing: ',', hugs: true };
}
