import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './change-list.module.css';
import type { Change } from './changes.js';

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The differences between two documents, old values struck out beside new ones. */
export const ChangeList = ({ changes }: { changes: readonly Change[] }): ReactNode => {
  if (changes.length === 0) return <p className={classes.none}>Nothing: both say the same.</p>;
  return (
    <ul className={classes.list}>
      {changes.map((change) => (
        <li key={change.pointer}>
          <code>{change.pointer || '/'}</code>
          <span>
            {'before' in change && (
              <del>
                <VisuallyHidden>was </VisuallyHidden>
                {shown(change.before)}
              </del>
            )}
            {'after' in change && (
              <ins>
                <VisuallyHidden>is </VisuallyHidden>
                {shown(change.after)}
              </ins>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
};
