/** How often a list may become shorter while it is read and be gone back in: a server cannot keep it up for ever. */
const RETREATS_MAX = 100;

/** Where the reader of a list stands that is paged by position, and that others make shorter or longer meanwhile. */
export class ListPlace {
  /** Position of the next page. */
  offset = 0;
  /** How many there were by the last answer; null: none came. */
  total: number | null = null;
  private farthest = 0;
  private retreats = 0;

  /** Whether this is as far as the list was ever read, and not a place that is read again. */
  get atFront(): boolean {
    return this.offset >= this.farthest;
  }

  /** Whether the page has to be read again, from an earlier place: the list is shorter than it was. */
  missed(total: number): boolean {
    const gone = (this.total ?? total) - total;
    this.total = total;
    if (gone <= 0 || this.offset === 0 || this.retreats >= RETREATS_MAX) return false;
    this.retreats++;
    this.offset = Math.max(this.offset - gone, 0);
    return true;
  }

  /** Goes on behind a page. */
  read(length: number): void {
    this.offset += length;
    this.farthest = Math.max(this.farthest, this.offset);
  }
}
