import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  /** `warn` asks for attention, `good` confirms. */
  tone?: 'warn' | 'good';
  icon?: ReactNode;
  title?: string;
  children?: ReactNode;
}

/** A remark beside what it is about. */
export const Notice = ({ tone = 'warn', icon, title, children }: NoticeProps): ReactNode => (
  <div className={classes.notice} data-tone={tone}>
    {icon && (
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
    )}
    <div className={classes.text}>
      {title && <strong>{title}</strong>}
      {children}
    </div>
  </div>
);
