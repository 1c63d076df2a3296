import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { MAX_COUNTED, useOpenWork } from '../handoff/handoffs.js';
import { countOf } from '../ui/count.js';
import { Notice } from '../ui/notice.js';
import { Loaded } from '../ui/states.js';
import classes from './dialogs.module.css';

const manyOf = (count: number, noun: string): string =>
  count < MAX_COUNTED ? countOf(count, noun) : `${MAX_COUNTED} or more ${noun}s`;

/** What happens to the open hand-offs of a seller who leaves. */
export const OpenWork = ({ sellerId }: { sellerId: string }): ReactNode => {
  const work = useOpenWork(sellerId);
  return (
    <Loaded query={work} lines={2}>
      {({ offered, accepted }) => (
        <ul className={classes.work}>
          <li>No new leads are offered to this person.</li>
          <li>
            {offered === 0
              ? 'No offer waits for a decision.'
              : `${manyOf(offered, 'offer')} without a decision: given to the next seller in turn, with a new clock.`}
          </li>
          <li>
            {accepted === 0
              ? 'No lead is in work.'
              : `${manyOf(accepted, 'lead')} in work: kept in this person’s name; a sales manager can finish them.`}
          </li>
        </ul>
      )}
    </Loaded>
  );
};

/** Offers of a seller who left that nobody else could take. */
export const OffersLeft = ({ count }: { count: number }): ReactNode => (
  <Notice title={`${countOf(count, 'offer')} could not be given to anybody`}>
    <Text size="sm">
      No other seller is available and below their limit. The clocks go on; a sales manager can reassign them
      in the{' '}
      <Anchor component={Link} to="/inbox" inherit underline="always">
        inbox
      </Anchor>
      .
    </Text>
  </Notice>
);
