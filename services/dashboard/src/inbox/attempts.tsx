import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Handoff } from '../api/shapes.js';
import { Ago } from '../time/ago.js';
import { CHANNELS, OUTCOMES } from './attempt-dialog.js';
import classes from './attempts.module.css';

/** The last attempts to reach the lead, newest first. */
export const Attempts = ({ handoff }: { handoff: Handoff }): ReactNode => {
  if (handoff.attemptCount === 0) return null;
  return (
    <section aria-label="Attempts">
      <Title order={3} size="h5" mb="xs">
        Attempts ({handoff.attemptCount})
      </Title>
      <ol className={classes.list} reversed start={handoff.attemptCount}>
        {handoff.attempts.toReversed().map((attempt) => (
          <li key={attempt.attempt}>
            <strong>{OUTCOMES[attempt.outcome]}</strong>
            <span>{CHANNELS[attempt.channel]}</span>
            <span>
              <Ago iso={attempt.at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};
