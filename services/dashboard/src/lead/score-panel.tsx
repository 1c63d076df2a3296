import { Button, Group as Row, TextInput, VisuallyHidden } from '@mantine/core';
import { useState, type ReactNode } from 'react';
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
import { accountSentence, contributionSentence, pastSentence, restSentence } from './score-sentences.js';

const AXES = { fit: ['Fit', 'who they are'], engagement: ['Engagement', 'what they did'] } as const;

/** The score with every reason, by axis and group. */
export const ScorePanel = ({
  leadId,
  className,
}: {
  leadId: string;
  className?: string | undefined;
}): ReactNode => {
  const [day, setDay] = useState('');
  const at = endOfDay(day);
  const score = useScore(leadId, at);
  return (
    <Panel title="Score" note={score.data && <Basis score={score.data} />} className={className}>
      <Loaded query={score} lines={8}>
        {(explanation) => (
          <>
            <Row gap="sm" align="flex-end" mb="md">
              <TextInput
                type="date"
                label="As of the end of"
                size="xs"
                value={day}
                max={today()}
                onChange={(event) => setDay(event.currentTarget.value)}
              />
              {day !== '' && (
                <Button variant="default" size="xs" onClick={() => setDay('')}>
                  Now
                </Button>
              )}
            </Row>
            {at !== undefined && (
              <p role="status" className={classes.past}>
                {pastSentence(explanation)}
              </p>
            )}
            <div className={classes.axes}>
              {axesOf(explanation).map((axis) => (
                <AxisBlock key={axis.axis} axis={axis} />
              ))}
            </div>
            <AccountFacts explanation={explanation} />
            <Points explanation={explanation} />
          </>
        )}
      </Loaded>
    </Panel>
  );
};

/** The day of today in the local time zone, as a date field has it. */
const today = (): string => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

/** The last instant of a local day, but not after now; undefined without a day. */
const endOfDay = (day: string): string | undefined => {
  const end = new Date(`${day}T23:59:59.999`);
  if (Number.isNaN(end.getTime()) || day >= today()) return undefined;
  return end.toISOString();
};

const AccountFacts = ({ explanation }: { explanation: ScoreExplanation }): ReactNode => {
  const facts = accountSentence(explanation);
  return facts && <p className={classes.account}>Account {facts}.</p>;
};

/** Each point with its activity, as sentences. */
const Points = ({ explanation }: { explanation: ScoreExplanation }): ReactNode => {
  const rest = restSentence(explanation);
  return (
    <details className={classes.points}>
      <summary>Point by point</summary>
      <ul>
        {explanation.contributions.map((each) => (
          <li key={`${each.rule} ${each.activityId}`}>{contributionSentence(each, explanation.scoredAt)}</li>
        ))}
        {rest !== null && <li>{rest}</li>}
      </ul>
      {!explanation.complete && (
        <p>This lead has so many activities that only the newest 50,000 are counted here.</p>
      )}
    </details>
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
