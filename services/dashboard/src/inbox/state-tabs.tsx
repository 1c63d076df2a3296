import { Tabs, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { HandoffState } from '../api/shapes.js';
import { useMe } from '../session/session.js';
import { useHandoffs } from '../handoff/handoffs.js';
import classes from './state-tabs.module.css';

const LABELS: [HandoffState, string][] = [
  ['offered', 'To decide'],
  ['accepted', 'In work'],
  ['qualified', 'Qualified'],
  ['rejected', 'Rejected'],
];

interface StateTabsProps {
  state: HandoffState;
  sellerId: string | undefined;
  onChange: (state: HandoffState) => void;
}

export const StateTabs = ({ state, sellerId, onChange }: StateTabsProps): ReactNode => {
  const me = useMe();
  const labels = me.role === 'seller' ? LABELS : [...LABELS, ['waiting', 'Without a seller'] as const];
  return (
    <Tabs value={state} onChange={(next) => onChange(next as HandoffState)} mb="md">
      <Tabs.List aria-label="Hand-offs by state" className={classes.tabs ?? ''}>
        {labels.map(([key, label]) => (
          <Tabs.Tab key={key} value={key}>
            {label}
            {(key === 'offered' || key === 'accepted') && <Count state={key} sellerId={sellerId} />}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
};

const Count = ({ state, sellerId }: { state: HandoffState; sellerId: string | undefined }): ReactNode => {
  const { data, hasNextPage } = useHandoffs(state, sellerId);
  const count = data?.pages.reduce((sum, page) => sum + page.items.length, 0);
  if (!count) return null;
  return (
    <span className={classes.count}>
      <VisuallyHidden>: </VisuallyHidden>
      {count}
      {hasNextPage && '+'}
    </span>
  );
};
