import type { ReactNode } from 'react';
import { Ago } from '../time/ago.js';
import { timeOfDay } from '../time/words.js';

/** What the figures count, and how old they are. */
export const Freshness = ({ asOf, of }: { asOf: string; of: string }): ReactNode => (
  <>
    {of.charAt(0).toUpperCase() + of.slice(1)} · as of {timeOfDay(asOf)} (<Ago iso={asOf} />)
  </>
);
