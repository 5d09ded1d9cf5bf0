import { PassThrough } from 'node:stream';

/** Output that is collected; `after` waits until it ends with a text, which is when a person would answer. */
export class Screen extends PassThrough {
  text = '';
  private waiting: (() => void)[] = [];

  constructor(readonly isTTY: boolean) {
    super();
    this.on('data', (chunk: Buffer) => {
      this.text += chunk.toString('utf8');
      for (const check of this.waiting.splice(0)) check();
    });
  }

  /** Resolves when a text has been written since the last that was waited for. */
  private seen = 0;
  async after(text: string): Promise<void> {
    for (;;) {
      const at = this.text.indexOf(text, this.seen);
      if (at >= 0) {
        this.seen = at + text.length;
        return;
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}

/** A keyboard: a terminal in raw mode, as far as a program sees it. */
export class Keyboard extends PassThrough {
  readonly isTTY = true;
  isRaw = false;

  setRawMode(on: boolean): this {
    this.isRaw = on;
    return this;
  }
}

/** Types each answer when its question has been asked. */
export async function converse(
  screen: Screen,
  keyboard: PassThrough,
  talk: readonly (readonly [question: string, answer: string])[],
): Promise<void> {
  for (const [question, answer] of talk) {
    await screen.after(question);
    // The question is written before somebody listens.
    await new Promise((resolve) => setImmediate(resolve));
    keyboard.write(answer);
  }
}
