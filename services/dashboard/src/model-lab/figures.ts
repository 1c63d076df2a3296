import type { LearnedModel, LearnedModelFigures, LearningOutcomes } from '../api/shapes.js';
import { countOf, formatCount } from '../ui/count.js';

/** A model under the name it has on the page. */
export interface NamedModel {
  readonly name: string;
  readonly model: LearnedModel;
}

export const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.round(1_000 * share) / 10} %`;

export const decimal = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

/** Ids of the active and the newest model, which may be one. */
export const shownModels = (trainings: readonly LearnedModelFigures[]): { name: string; id: string }[] => {
  const [newest] = trainings;
  const active = trainings.find((each) => each.active);
  if (!newest) return [];
  if (active?.id === newest.id) return [{ name: 'Active', id: newest.id }];
  return [...(active ? [{ name: 'Active', id: active.id }] : []), { name: 'Newest', id: newest.id }];
};

/** What is there and what is missing before a model can be trained. */
export const outcomesSentence = ({ verdicts, positive, negative, needed }: LearningOutcomes): string => {
  const silent = verdicts - positive - negative;
  const rest =
    silent === 0
      ? ''
      : ` ${countOf(silent, 'other verdict')} said nothing about the lead: bad data, timing or duplicates.`;
  return `${formatCount(positive)} of ${needed} worth it, ${formatCount(negative)} of ${needed} not worth it.${rest}`;
};

/** Share of good hand-offs that are found, when so many of the bad ones are taken with them; between two points of the curve on a line. */
export const foundAt = ({ roc }: LearnedModel, falsePositiveRate: number): number | null => {
  const next = roc.findIndex((point) => point.falsePositiveRate >= falsePositiveRate);
  const right = roc[next];
  if (!right) return null;
  const left = roc[next - 1];
  if (!left || right.falsePositiveRate === left.falsePositiveRate) return right.truePositiveRate;
  const part =
    (falsePositiveRate - left.falsePositiveRate) / (right.falsePositiveRate - left.falsePositiveRate);
  return left.truePositiveRate + part * (right.truePositiveRate - left.truePositiveRate);
};

const LEAKS = new Set(['equal', 'too-strong', 'filled-after', 'measured-after']);

/** What a person should look at before they trust a model: why it is not active, leaks by name, drift, few outcomes. */
export const warningsOf = ({ refusal, leftOut, warnings }: LearnedModel): string[] => [
  ...(refusal === null ? [] : [`Not activated: ${refusal}`]),
  ...leftOut
    .filter(({ kind }) => LEAKS.has(kind))
    .map(({ words }) => `Left out, it seems to be known only afterwards: ${words}`),
  ...warnings,
];
