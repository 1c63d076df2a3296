const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** Offsets of a value in a JSON text, or of its nearest parent when it is missing. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
}

/** The value that a JSON pointer (RFC 6901) refers to; undefined when the text is not JSON. */
export const locate = (text: string, pointer: string): TextRange | undefined => {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const wanted = pointer.split('/').slice(1).map(unescaped);
  const found = new Locator(text).find(wanted);
  return { ...found, line: text.slice(0, found.start).split('\n').length };
};

/** A bracket, a string, or a run of other characters: numbers, literals, commas, space. */
const TOKEN = /^(?:[{}[\]]|"(?:[^"\\]|\\.)*"|[^{}[\]",:\s]+|[,:\s]+)/s;

/** A position in a text that is known to be valid JSON. */
class Locator {
  #at = 0;

  constructor(private readonly text: string) {}

  find(path: readonly string[]): { start: number; end: number } {
    this.#space();
    const start = this.#at;
    const [wanted, ...rest] = path;
    const inner = wanted === undefined ? undefined : this.#member(wanted, rest);
    if (inner) return inner;
    this.#at = start;
    this.#skip();
    return { start, end: this.#at };
  }

  /** Enters the object or array that begins here and looks for one of its members. */
  #member(wanted: string, rest: readonly string[]): { start: number; end: number } | undefined {
    const open = this.text[this.#at];
    if (open !== '{' && open !== '[') return undefined;
    this.#at += 1;
    for (let index = 0; ; index += 1) {
      this.#space();
      if (/[\]}]/.test(this.text[this.#at] ?? ']')) return undefined;
      const key = open === '{' ? this.#key() : String(index);
      if (key === wanted) return this.find(rest);
      this.#skip();
      this.#space();
      if (this.text[this.#at] === ',') this.#at += 1;
    }
  }

  #key(): string {
    const start = this.#at;
    this.#skip();
    const key = JSON.parse(this.text.slice(start, this.#at)) as string;
    this.#space();
    this.#at += 1;
    this.#space();
    return key;
  }

  /** Moves past one value. */
  #skip(): void {
    this.#space();
    let depth = 0;
    do {
      const rest = this.text.slice(this.#at);
      const [passed] = TOKEN.exec(rest)!;
      if (passed === '{' || passed === '[') depth += 1;
      if (passed === '}' || passed === ']') depth -= 1;
      this.#at += passed.length;
    } while (depth > 0);
  }

  #space(): void {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at += 1;
  }
}
