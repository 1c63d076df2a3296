import { csvOf } from '../csv.js';
import type { Lesson } from './lesson.js';

/** A CSV with one row for each of the newest rows, in their order of time. */
export const predictionsOf = ({ history, study, terms, walk }: Lesson): string => {
  const header = ['row', 'line', 'probability', 'outcome', ...(walk ? ['walk_probability'] : []), 'terms'];
  const rows = Array.from(study.probabilities, (probability, i) => {
    const { number, line } = history.rows[study.trained + i]!;
    const walked = walk?.newest[i];
    return [
      number,
      line,
      sixDigits(probability),
      history.outcomes[study.trained + i]!,
      ...(walk ? [walked === undefined ? '' : sixDigits(walked)] : []),
      terms[i]!.map(({ words }) => words).join('; '),
    ];
  });
  return `${csvOf([header, ...rows])}\n`;
};

/** As a number that `csvOf` writes without quotes; never 0 or 1. */
const sixDigits = (probability: number): number => Number(probability.toFixed(6));
