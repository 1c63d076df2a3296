import type { ReactNode } from 'react';
import { targetText } from './target-text.js';
import { valueText } from './value-text.js';
import classes from './value-list.module.css';

/** Named values; nothing when there are none. */
export const ValueList = ({
  title,
  values,
}: {
  title: string;
  values: Readonly<Record<string, unknown>>;
}): ReactNode => {
  const shown = Object.entries(values).filter(([, value]) => value !== undefined);
  if (shown.length === 0) return null;
  return (
    <div>
      <h4 className={classes.title}>{title}</h4>
      <dl className={classes.values}>
        {shown.map(([name, value]) => (
          <div key={name}>
            <dt>{targetText(name)}</dt>
            <dd>{valueText(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};
