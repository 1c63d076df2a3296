import type { Terminal } from '../terminal.js';

const REDRAW_MS = 150;
const LINE_MS = 10_000;
const WIDTH = 24;

/** How far an import is: a bar that is redrawn on a terminal, else a line every ten seconds. */
export class Progress {
  private shownAt: number;
  private readonly startedAt = Date.now();
  private startBytes = 0;
  private startRows = 0;
  private isDrawn = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly totalBytes: number,
  ) {
    this.shownAt = terminal.interactive ? 0 : Date.now();
  }

  /** What an earlier call did says nothing about the rate of this one. */
  begin(bytes: number, rows: number): void {
    this.startBytes = bytes;
    this.startRows = rows;
  }

  show(bytes: number, rows: number): void {
    const now = Date.now();
    if (now - this.shownAt < (this.terminal.interactive ? REDRAW_MS : LINE_MS)) return;
    this.shownAt = now;
    this.print(this.lineOf(bytes, rows, (now - this.startedAt) / 1_000));
  }

  wait(reason: string, ms: number): void {
    this.print(`${reason}, trying again in ${Math.ceil(ms / 1_000)} s`);
  }

  end(): void {
    if (this.isDrawn) this.terminal.redraw('');
  }

  private print(line: string): void {
    if (!this.terminal.interactive) return this.terminal.write(line);
    this.isDrawn = true;
    this.terminal.redraw(line);
  }

  private lineOf(bytes: number, rows: number, seconds: number): string {
    const share = this.totalBytes === 0 ? 1 : Math.min(1, bytes / this.totalBytes);
    const done = Math.round(share * WIDTH);
    const bar = `[${'#'.repeat(done)}${'-'.repeat(WIDTH - done)}]`;
    const rate = seconds > 0 ? (rows - this.startRows) / seconds : 0;
    const bytesRate = seconds > 0 ? (bytes - this.startBytes) / seconds : 0;
    const left = bytesRate > 0 ? durationOf((this.totalBytes - bytes) / bytesRate) : '–';
    return `${this.terminal.interactive ? `${bar} ` : ''}${Math.floor(share * 100)} %, ${numberOf(rows)} rows, ${numberOf(Math.round(rate))} rows/s, ${left} left`;
  }
}

const numberOf = (count: number): string => count.toLocaleString('en-US');

const durationOf = (seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  const clock = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(whole / 3_600);
  return [...(hours > 0 ? [String(hours)] : []), ...clock].join(':');
};
