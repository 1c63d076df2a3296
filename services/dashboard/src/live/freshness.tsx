import type { ReactNode } from 'react';
import { Ago } from '../time/ago.js';
import { formatTime } from '../time/format.js';

/** The population of the figures, and their age. */
export const Freshness = ({ asOf, of }: { asOf: string; of: string }): ReactNode => (
  <>
    {of.charAt(0).toUpperCase() + of.slice(1)} · as of {formatTime(asOf)} (<Ago iso={asOf} />)
  </>
);
