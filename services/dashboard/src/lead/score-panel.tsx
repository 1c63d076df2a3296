import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ScoreExplanation } from '../api/shapes.js';
import { Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { Ago } from '../time/ago.js';
import { useScore } from './leads.js';
import { ReasonLine } from './reason-line.js';
import lines from './reason-line.module.css';
import { axesOf, type AxisSum, type Group } from './reasons.js';
import classes from './score-panel.module.css';

const AXES = { fit: ['Fit', 'who they are'], engagement: ['Engagement', 'what they did'] } as const;

/** The score with every reason, by axis and group. */
export const ScorePanel = ({
  leadId,
  className,
}: {
  leadId: string;
  className?: string | undefined;
}): ReactNode => {
  const score = useScore(leadId);
  return (
    <Panel title="Score" note={score.data && <Basis score={score.data} />} className={className}>
      <Loaded query={score} lines={8}>
        {(explanation) => (
          <div className={classes.axes}>
            {axesOf(explanation).map((axis) => (
              <AxisBlock key={axis.axis} axis={axis} />
            ))}
          </div>
        )}
      </Loaded>
    </Panel>
  );
};

const Basis = ({ score }: { score: ScoreExplanation }): ReactNode => (
  <>
    {Math.round(score.points)} points by <Link to={`/definitions/${score.modelId}`}>{score.modelId}</Link>,{' '}
    <Ago iso={score.scoredAt} />
  </>
);

const AxisBlock = ({ axis }: { axis: AxisSum }): ReactNode => {
  const [name, meaning] = AXES[axis.axis];
  return (
    <section className={classes.axis} data-axis={axis.axis} aria-label={name}>
      <h3 className={classes.axisName}>
        <span className={classes.sum}>{Math.round(axis.points)}</span> {name}
        <small>{meaning}</small>
      </h3>
      {axis.groups.map((group) => (
        <GroupBlock key={group.key} group={group} />
      ))}
    </section>
  );
};

const GroupBlock = ({ group }: { group: Group }): ReactNode => {
  const filled = Math.max(0, Math.min(1, group.points / group.cap));
  return (
    <div className={classes.group}>
      <div className={classes.groupHead}>
        <span>{group.label}</span>
        <span>
          {Math.round(group.points)} <VisuallyHidden>points </VisuallyHidden>of {group.cap}
        </span>
      </div>
      <div className={classes.bar} aria-hidden>
        <div style={{ width: `${filled * 100}%` }} />
      </div>
      {group.reasons.length > 0 ? (
        <ul className={lines.list}>
          {group.reasons.map((reason) => (
            <ReasonLine key={reason.rule} reason={reason} long />
          ))}
        </ul>
      ) : (
        <p className={classes.none}>Nothing yet</p>
      )}
    </div>
  );
};
