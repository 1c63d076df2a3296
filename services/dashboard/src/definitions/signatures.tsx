import { Check, Circle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Definition, Team } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { signatureOf } from './signature.js';
import classes from './signatures.module.css';

const TEAMS: [Team, string][] = [
  ['marketing', 'Marketing'],
  ['sales', 'Sales'],
];

/** The signature of each team, or that it is missing. */
export const Signatures = ({ definition }: { definition: Definition }): ReactNode => (
  <dl className={classes.list}>
    {TEAMS.map(([team, label]) => {
      const signature = signatureOf(definition, team);
      return (
        <div key={team} data-signed={signature ? true : undefined}>
          <dt>
            {signature ? <Check size={14} aria-hidden /> : <Circle size={12} aria-hidden />} {label}
          </dt>
          <dd>{signature ? `${signature.by}, ${formatDateTime(signature.at)}` : 'not signed'}</dd>
        </div>
      );
    })}
  </dl>
);
