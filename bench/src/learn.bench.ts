import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { mustEqual, type Result } from './result.js';

const ROWS = 10_000;
const NUMBERS = 25;
const TEXTS = 15;

/** The command line in a process of its own, as a person runs it: start, reading the file and output are in the time. */
export const benchLearn = async (): Promise<Result[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'learn-'));
  try {
    const file = join(folder, 'leads.csv');
    await writeFile(file, leads());
    const started = performance.now();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [resolve('cli/bin/baton.mjs'), 'learn', '--history', file, '--outcome', 'converted', '--json'],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    const seconds = (performance.now() - started) / 1_000;
    const { rows, metrics } = JSON.parse(stdout);
    mustEqual('rows learned from', rows.used, ROWS);
    return [
      {
        name: `baton learn, ${ROWS} rows of ${NUMBERS + TEXTS} columns`,
        value: seconds,
        unit: 's',
        goal: { below: 20 },
        detail: `AUC ${metrics.auc.toFixed(3)}`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Equal in every run: the first columns count, the others do not. */
const leads = (): string => {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) / 2 ** 23;
  };
  const header = [
    ...Array.from({ length: NUMBERS }, (_, i) => `number ${i}`),
    ...Array.from({ length: TEXTS }, (_, i) => `text ${i}`),
    'converted',
  ];
  const rows = Array.from({ length: ROWS }, () => {
    const numbers = Array.from({ length: NUMBERS }, () => Math.round(random() * 1000) / 10);
    const texts = Array.from({ length: TEXTS }, (_, i) => Math.floor(random() * (3 + 3 * i)));
    const logOdds = (numbers[0]! - numbers[1]!) / 30 + (numbers[2]! > 70 ? 1 : 0) + (texts[0] === 0 ? 1 : -1);
    return [
      ...numbers,
      ...texts.map((text) => `v${text}`),
      random() < 1 / (1 + Math.exp(1 - logOdds)) ? 'yes' : 'no',
    ];
  });
  return [header, ...rows].map((cells) => cells.join(',')).join('\n');
};
