import type { Lesson } from './lesson.js';

/** What a person should know before using the figures, as sentences. */
export const warningsOf = ({ history, study }: Lesson): string[] => {
  const { withoutOutcome, order, labels, inferred } = history;
  return [
    ...(withoutOutcome > 0
      ? [
          `${withoutOutcome} rows have no outcome${labels.open.length > 0 ? ` (or ${labels.open.map((value) => `"${value}"`).join(', ')})` : ''}: they are left out, neither trained on nor predicted.`,
        ]
      : []),
    ...(order.missing > 0
      ? [`${order.missing} rows have no "${history.at}": they are taken for the oldest.`]
      : []),
    ...inferred.flatMap(({ column, unread }) =>
      unread > 0
        ? [
            `${unread} cells of ${column.name} are not a ${column.kind} as the others: they are taken for missing.`,
          ]
        : [],
    ),
    ...study.warnings,
  ];
};
