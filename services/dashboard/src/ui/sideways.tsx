import type { ReactNode } from 'react';
import classes from './sideways.module.css';

/** What may be wider than its place, such as a table: it scrolls for itself, never the page, with the keyboard, too. */
export const Sideways = ({ children }: { children: ReactNode }): ReactNode => (
  <div className={classes.sideways} tabIndex={0}>
    {children}
  </div>
);
