import { nameParts } from '../../build/view/name-parts.js';

/** All elements that match, typed as HTML. */
export function all(selector: string, within: ParentNode = document): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(selector)];
}

/** The first element that matches. */
export function first(selector: string, within: ParentNode = document): HTMLElement | null {
  return within.querySelector<HTMLElement>(selector);
}

/** Makes an element with attributes and children; text is never read as HTML. */
export function make(
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A name that may break between its parts, and nowhere else. */
export const breakable = (name: string): (Node | string)[] =>
  nameParts(name).flatMap((part, at) => (at === 0 ? [part] : [make('wbr'), part]));
