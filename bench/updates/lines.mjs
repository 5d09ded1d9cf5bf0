/** JSON, one value a line, out of pieces as they come. */
export class Lines {
  #rest = '';

  /** @param {(value: any) => void} take */
  constructor(take) {
    this.take = take;
  }

  /** @param {Buffer} data */
  add(data) {
    const lines = (this.#rest + data.toString()).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.take(JSON.parse(line));
  }
}
