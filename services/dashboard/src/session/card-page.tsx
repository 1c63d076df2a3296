import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Logo } from '../ui/logo.js';
import { useTitle } from '../ui/page.js';
import classes from './card-page.module.css';

interface CardPageProps {
  title: string;
  /** Text below the title. */
  lead?: ReactNode;
  children?: ReactNode;
}

/** A page without the navigation, for people who are not signed in. */
export const CardPage = ({ title, lead, children }: CardPageProps): ReactNode => {
  useTitle(title);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo size={40} />
        <Title order={1} size="h2" mt="lg">
          {title}
        </Title>
        {lead && (
          <Text c="dimmed" mt={4} component="div">
            {lead}
          </Text>
        )}
        {children && <div className={classes.body}>{children}</div>}
      </div>
    </main>
  );
};
