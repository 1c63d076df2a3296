import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.js';
import { Logo } from './logo.js';
import classes from './states.module.css';

/** An empty list, with an explanation. */
export const Empty = ({
  icon,
  title,
  children,
}: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
}): ReactNode => (
  <div className={classes.empty}>
    <div className={classes.icon} aria-hidden>
      {icon}
    </div>
    <Text fw={600}>{title}</Text>
    {children && (
      <Text c="dimmed" size="sm" maw={420}>
        {children}
      </Text>
    )}
  </div>
);

/** A failed load or save: its problem, and a button to try again. */
export const Failure = ({ fault, onRetry }: { fault: unknown; onRetry?: () => void }): ReactNode => {
  const problem = asProblem(fault);
  return (
    <Alert role="alert" color="red" variant="light" icon={<CircleAlert aria-hidden />} title={problem.title}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{problem.detail}</Text>
        {problem.traceId && (
          <Text size="xs" c="dimmed">
            Trace {problem.traceId}
          </Text>
        )}
        {onRetry && (
          <Button
            size="xs"
            variant="default"
            leftSection={<RotateCw size={14} aria-hidden />}
            onClick={onRetry}
          >
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
};

/** Shown while the session is loaded; delayed by its CSS animation. */
export const Connecting = (): ReactNode => (
  <main className={classes.connecting} role="status">
    <Logo size={44} />
    Connecting to Baton…
  </main>
);

export const Loading = ({ lines = 4, label = 'Loading' }: { lines?: number; label?: string }): ReactNode => (
  <Stack gap="sm" role="status" aria-label={label}>
    {Array.from({ length: lines }, (_, line) => (
      <Skeleton key={line} height={18} width={`${95 - ((line * 17) % 40)}%`} radius="sm" />
    ))}
  </Stack>
);

interface QueryResult<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** The data of a query; a placeholder while loading, a failure, or the old data with a note when a refetch failed. */
export const Loaded = <Data,>({
  query,
  lines,
  children,
}: {
  query: QueryResult<Data>;
  lines?: number;
  children: (data: Data) => ReactNode;
}): ReactNode => {
  const retry = (): void => void query.refetch();
  if (query.data === undefined) {
    return query.error ? <Failure fault={query.error} onRetry={retry} /> : <Loading lines={lines ?? 4} />;
  }
  return (
    <>
      {query.error ? (
        <Text size="sm" c="red" role="status" mb="xs">
          Not up to date: {asProblem(query.error).detail}
        </Text>
      ) : null}
      {children(query.data)}
    </>
  );
};
