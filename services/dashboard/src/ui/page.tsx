import { Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import classes from './page.module.css';

export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · Baton`;
  }, [title]);
};

interface PageProps {
  title: string;
  /** Text below the title. */
  lead?: ReactNode;
  /** Filters and actions, right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page. Its heading gets the focus when it is opened, so that screen readers announce it. */
export const Page = ({ title, lead, actions, children }: PageProps): ReactNode => {
  useTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div>
          <Title order={1} size="h2" ref={heading} tabIndex={-1} className={classes.heading}>
            {title}
          </Title>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
};

interface PanelProps {
  title: string;
  /** For the button that shows it. */
  id?: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}

/** A titled part of a page, a landmark for screen readers. */
export const Panel = ({ title, id, note, actions, children, className }: PanelProps): ReactNode => (
  <section className={`${classes.panel} ${className ?? ''}`} aria-label={title} id={id}>
    <header className={classes.panelHead}>
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
        {note && <div className={classes.note}>{note}</div>}
      </div>
      {actions}
    </header>
    {children}
  </section>
);
