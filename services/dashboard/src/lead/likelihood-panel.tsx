import type { ReactNode } from 'react';
import type { Lead } from '../api/shapes.js';
import { Panel } from '../ui/page.js';
import { percentOf } from './likelihood.js';

/** How likely sales accepts the lead, by its verdicts on earlier ones; nothing before a model was learned. */
export const LikelihoodPanel = ({ lead: { probability } }: { lead: Lead }): ReactNode =>
  probability && (
    <Panel title="Likelihood" note={percentOf(probability.value)}>
      <p>
        By what sales said about earlier hand-offs, one of this lead is worth it with{' '}
        {percentOf(probability.value)}.
      </p>
      <ul>
        {probability.reasons.map((reason) => (
          <li key={reason}>
            <bdi>{reason}</bdi>
          </li>
        ))}
      </ul>
    </Panel>
  );
