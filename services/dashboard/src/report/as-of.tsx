import type { ReactNode } from 'react';
import { Ago } from '../time/ago.js';
import { formatTime } from '../time/format.js';

interface Made {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly asOf: string;
}

/** What is counted, in which days, and how fresh it is. */
export const AsOf = ({ of, report }: { of: string; report: Made }): ReactNode => (
  <>
    {of}, {report.from} to {report.to} ({report.timeZone}) · as of {formatTime(report.asOf)} (
    <Ago iso={report.asOf} />)
  </>
);
