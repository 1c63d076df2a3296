import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Score } from '../api/shapes.js';
import classes from './badges.module.css';
import { useStages } from './stages.js';

const LEFT_THE_FUNNEL = ['recycled', 'disqualified'];

/** Where a lead stands in the funnel. */
export const StageBadge = ({ stage }: { stage: string }): ReactNode => {
  const { labelOf } = useStages();
  return (
    <span className={classes.stage} data-left={LEFT_THE_FUNNEL.includes(stage) || undefined}>
      <VisuallyHidden>Stage: </VisuallyHidden>
      {labelOf(stage)}
    </span>
  );
};

/** Points and their grade. */
export const ScoreBadge = ({ score }: { score: Score }): ReactNode => (
  <span className={classes.score}>
    <span className={classes.grade} data-grade={score.grade}>
      <VisuallyHidden>Grade </VisuallyHidden>
      {score.grade}
    </span>
    <span>
      {Math.round(score.points)}
      <VisuallyHidden> points</VisuallyHidden>
    </span>
  </span>
);
