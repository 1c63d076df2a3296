import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Loaded } from '../ui/states.js';
import { useScore } from './leads.js';
import { ReasonLine } from './reason-line.js';
import classes from './reason-line.module.css';
import { strongestOf } from './reasons.js';

/** The strongest reasons of a lead's score. */
export const TopReasons = ({ leadId }: { leadId: string }): ReactNode => (
  <section aria-label="Why they are ready">
    <Title order={3} size="h5" mb="xs">
      Why they are ready
    </Title>
    <Loaded query={useScore(leadId)}>
      {(score) => (
        <ul className={classes.list}>
          {strongestOf(score, 6).map((reason) => (
            <ReasonLine key={reason.rule} reason={reason} />
          ))}
        </ul>
      )}
    </Loaded>
  </section>
);
