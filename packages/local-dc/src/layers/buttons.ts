import { typeHash, type Registry, type TlClass, type TlObject } from '@tlgen/codec';

/** An object that is put together differently in the target: the class it becomes, and what that is filled from. */
export interface Reshaped {
  readonly one: TlClass;
  readonly from: Readonly<Record<string, unknown>>;
}

/** Makes the object of a class out of the fields of another that have the same names. */
export type Into = (source: object, one: TlClass) => TlObject;

const ROW = typeHash('KeyboardButtonRow');
const INLINE_ROW = typeHash('KeyboardInlineButtonRow');
const BUTTON = typeHash('KeyboardButton');
const INLINE_BUTTON = typeHash('KeyboardInlineButton');

/**
 * Keyboards are built in two ways. Older layers have a constructor for each kind of button, which holds its text and
 * what it does (`keyboardButtonUrl`); newer ones have one for inline keyboards and one for others, in which another
 * object says what the button does (`inlineButtonTypeUrl`).
 *
 * @param type - the type that is wanted, as a hash.
 * @returns null for what is no button, or is the same in both.
 */
export function reshaped(
  source: TlObject,
  type: number,
  target: Registry,
  into: Into,
): Reshaped | null {
  const from = source as unknown as Readonly<Record<string, unknown>>;
  if (type === INLINE_ROW && source._ === 'keyboardButtonRow')
    return named(target, 'keyboardInlineButtonRow', from);
  if (type === ROW && source._ === 'keyboardInlineButtonRow')
    return named(target, 'keyboardButtonRow', from);
  const separate = !('type' in from);
  if (separate && type === INLINE_BUTTON) return apart(source, 'inlineButtonType', target, into);
  if (separate && type === BUTTON && target.named('buttonTypeDefault'))
    return apart(source, 'buttonType', target, into);
  return type === BUTTON ? together(from, target) : null;
}

function named(target: Registry, name: string, from: Reshaped['from']): Reshaped | null {
  const one = target.named(name);
  return one ? { one, from } : null;
}

const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** From a constructor for each kind. */
function apart(source: TlObject, prefix: string, target: Registry, into: Into): Reshaped | null {
  const [, input, kind] = /^(input)?keyboardButton(.*)$/i.exec(source._) ?? [];
  if (kind === undefined) return null;
  const name = prefix + (kind === '' ? 'Default' : kind);
  const what = target.named(input === undefined ? name : `input${capital(name)}`);
  if (!what) return null;
  const button = prefix === 'buttonType' ? 'keyboardButton' : 'keyboardInlineButton';
  const { text, style } = source as unknown as Record<string, unknown>;
  return named(target, button, { text, style, type: into(source, what) });
}

/** To a constructor for each kind. */
function together(from: Reshaped['from'], target: Registry): Reshaped | null {
  const { type: what, text, style } = from;
  if (typeof what !== 'object' || what === null || !('_' in what)) return null;
  const [, input, kind = ''] = /^(input)?(?:inline)?buttonType(.*)$/i.exec(String(what._)) ?? [];
  const name = `eyboardButton${kind === 'Default' ? '' : kind}`;
  return named(target, input === undefined ? `k${name}` : `inputK${name}`, {
    ...what,
    text,
    style,
  });
}
