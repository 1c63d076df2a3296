import { createInterface } from 'node:readline/promises';

/** Input and output of a command, replaced in specs. */
export interface Terminal {
  /** Whether output goes to a person: enables redrawing and questions. */
  readonly interactive: boolean;
  write(text: string): void;
  /** Replaces the current line; followed by `write` when finished. */
  redraw(line: string): void;
  clear(): void;
  ask(question: string): Promise<string>;
}

export const processTerminal: Terminal = {
  interactive: process.stdout.isTTY && process.stdin.isTTY,
  write: (text) => void process.stdout.write(`${text}\n`),
  redraw: (line) => void process.stdout.write(`\r\x1b[K${line}`),
  clear: () => void process.stdout.write('\x1b[2J\x1b[H'),
  ask: async (question) => {
    const input = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await input.question(question);
    } finally {
      input.close();
    }
  },
};
