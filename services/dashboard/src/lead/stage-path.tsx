import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Lead } from '../api/shapes.js';
import { formatDateTime, formatDate } from '../time/format.js';
import classes from './stage-path.module.css';
import { useStages } from './stages.js';

/** The stages of the funnel, with the time the lead reached each. */
export const StagePath = ({ lead }: { lead: Lead }): ReactNode => {
  const { path, labelOf } = useStages();
  const reached = new Map(lead.stages.map(({ stage, at: when }) => [stage, when]));
  const left = path.length > 0 && !path.some(({ key }) => key === lead.stage);
  const steps =
    path.length > 0 ? path : lead.stages.map(({ stage }) => ({ key: stage, label: labelOf(stage) }));
  return (
    <ol className={classes.path} aria-label="Stages" tabIndex={0}>
      {steps.map(({ key, label }) => (
        <Step key={key} label={label} at={reached.get(key)} now={key === lead.stage} />
      ))}
      {left && <Step label={labelOf(lead.stage)} at={reached.get(lead.stage)} now />}
    </ol>
  );
};

const Step = ({
  label,
  at: when,
  now,
}: {
  label: string;
  at: string | undefined;
  now: boolean;
}): ReactNode => (
  <li
    className={classes.step}
    data-reached={when !== undefined || now || undefined}
    aria-current={now ? 'step' : undefined}
  >
    <span className={classes.dot} aria-hidden>
      {when !== undefined && !now && <Check size={12} strokeWidth={3} />}
    </span>
    <span className={classes.label}>{label}</span>
    <span className={classes.when}>
      {when ? <time title={formatDateTime(when)}>{formatDate(when)}</time> : now ? 'now' : 'not yet'}
    </span>
  </li>
);
