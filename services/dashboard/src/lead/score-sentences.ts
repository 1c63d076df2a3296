import type { ScoreExplanation, ScoreHistory } from '../api/shapes.js';
import { formatAgo, formatDate } from '../time/format.js';
import { peopleText } from './people-text.js';
import { signed } from './reasons.js';

type Contribution = ScoreExplanation['contributions'][number];

/** One point of a score as a sentence, seen from the instant of the score: `+15 asked for pricing, 2 days ago, drops out in 9 days`. */
export const contributionSentence = (contribution: Contribution, scoredAt: string): string => {
  const at = Date.parse(scoredAt);
  const { label, points, original, times, occurredAt, dropsOutAt } = contribution;
  const faded = Math.abs(original - points) >= 0.5 ? `of ${signed(original)} at first` : null;
  return [
    `${signed(points)} ${label}`,
    times > 1 ? `${times} times` : null,
    occurredAt === null ? null : formatAgo(Date.parse(occurredAt), at),
    faded,
    dropsOutAt !== null && Date.parse(dropsOutAt) > at
      ? `drops out ${formatAgo(Date.parse(dropsOutAt), at)}`
      : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
};

/** What rules about the account read, at the instant of the score; null without an account whose facts are known of then. */
export const accountSentence = ({ account }: ScoreExplanation): string | null =>
  account &&
  [
    `${account.name}: ${peopleText(account)}`,
    `${Math.round(account.points)} points of engagement`,
    ...(account.isCustomer ? ['a customer already'] : []),
  ].join(', ');

/** The sum of the contributions that are not listed; null when there are none. */
export const restSentence = ({ rest }: ScoreExplanation): string | null =>
  rest.count === 0 ? null : `${signed(rest.points)} for ${rest.count} older activities`;

/** Score, stage and owner of a past instant. */
export const pastSentence = (score: ScoreExplanation): string => {
  const who = score.owner ? `with ${score.owner.name || 'a seller'}` : 'with nobody in sales';
  const stage = score.stage === null ? 'not a lead yet' : `in stage ${score.stage}, ${who}`;
  return `${Math.round(score.points)} points, ${stage}`;
};

/** A curve in words: where it stands, and its highest point. */
export const curveSentence = ({ points }: ScoreHistory): string => {
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last) return 'Nothing is known of this time.';
  const highest = points.reduce((best, point) => (point.points > best.points ? point : best), first);
  const whole = (value: number): number => Math.round(value);
  return `From ${whole(first.points)} points on ${formatDate(first.at)} to ${whole(last.points)} on ${formatDate(last.at)}, highest ${whole(highest.points)} on ${formatDate(highest.at)}.`;
};
