import type { ReactNode } from 'react';
import type { SourceActivity } from '../api/shapes.js';
import { useNow } from '../time/now.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { sourceStateOf } from './source-state.js';

const TONES = { receiving: 'good', silent: 'warn', empty: 'plain', 'over-quota': 'bad' } as const;

/** Whether a source receives events, in words. */
export const SourceBadge = ({ activity }: { activity: SourceActivity }): ReactNode => {
  const { state, text } = sourceStateOf(activity, useNow(10_000));
  return <ToneBadge tone={TONES[state]}>{text}</ToneBadge>;
};
