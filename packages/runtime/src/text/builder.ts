import { addButton, readLink, type Link } from './links.js';
import { normalise } from './normalise.js';
import type { FormattedText, LinkButton, TextEntity } from './types.js';

/** What an entity is, without its place. */
export type EntityKind = TextEntity extends infer One
  ? One extends TextEntity
    ? Omit<One, 'offset' | 'length'>
    : never
  : never;

/** A place in the text that is being built, to go back to. */
export interface Mark {
  /** UTF-16 code units before it. */
  readonly size: number;
  readonly parts: number;
  readonly entities: number;
}

/** Gathers the text without its markup, and the entities and buttons it asked for. */
export class TextBuilder {
  /** UTF-16 code units so far. */
  size = 0;
  #last = '';
  readonly #parts: string[] = [];
  readonly #entities: TextEntity[] = [];
  readonly #buttons: LinkButton[][] = [];

  add(text: string): void {
    if (text === '') return;
    this.#parts.push(text);
    this.#last = text;
    this.size += text.length;
  }

  /** Whether the last piece that was added ends so. */
  endsWith(text: string): boolean {
    return this.#last.endsWith(text);
  }

  mark(): Mark {
    return { size: this.size, parts: this.#parts.length, entities: this.#entities.length };
  }

  /** The text since a mark. */
  since(mark: Mark): string {
    return this.#parts.slice(mark.parts).join('');
  }

  /** An entity from `start` to here, or to `end`. */
  entity(kind: EntityKind, start: number, end = this.size): void {
    if (end > start) this.#entities.push({ ...kind, offset: start, length: end - start });
  }

  /**
   * A link from a mark to here. One that asks for a button takes its text out of the message. False: the address
   * means nothing, and the text stands for itself.
   */
  link(address: string, mark: Mark): boolean {
    return this.put(readLink(address), mark);
  }

  /** Like {@link link}, of an address that was read before. */
  put(link: Link | null, mark: Mark): boolean {
    if (link === null) return false;
    if (link.type !== 'button') {
      this.entity(link, mark.size);
      return true;
    }
    const text = this.since(mark);
    this.#cut(mark);
    // A button without a text could not be pressed; its address is better than nothing.
    addButton(
      this.#buttons,
      { text: text.trim() === '' ? link.url : text, url: link.url },
      link.newRow,
    );
    return true;
  }

  finish(): FormattedText {
    const built = normalise({ text: this.#parts.join(''), entities: this.#entities });
    return this.#buttons.length === 0 ? built : { ...built, buttons: this.#buttons };
  }

  #cut(mark: Mark): void {
    this.#parts.length = mark.parts;
    this.#last = this.#parts.at(-1) ?? '';
    this.size = mark.size;
    const inside = this.#entities.splice(mark.entities);
    // One that began before the link and ended in it keeps what is left of it.
    for (const one of inside) {
      if (one.offset < mark.size) {
        this.#entities.push({ ...one, length: Math.min(one.length, mark.size - one.offset) });
      }
    }
  }
}
