import { Alert, Text } from '@mantine/core';
import { BadgeCheck, Ban, Check, CircleAlert, Loader } from 'lucide-react';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.js';
import type { Handoff } from '../api/shapes.js';
import { humanize } from '../ui/humanize.js';
import { useMe } from '../session/session.js';
import { formatDateTime } from '../time/format.js';
import classes from './decision.module.css';
import { useRejectReasons } from '../handoff/handoffs.js';

const DONE = {
  accepted: { words: 'Accepted', Icon: Check },
  rejected: { words: 'Rejected', Icon: Ban },
  qualified: { words: 'Qualified', Icon: BadgeCheck },
} as const;

/** The decision, by whom and when; a decision that is being saved is marked. */
export const Decision = ({ handoff, saving }: { handoff: Handoff; saving: boolean }): ReactNode => {
  const me = useMe();
  const { state, decision } = handoff;
  const reasons = useRejectReasons(handoff.id, state === 'rejected' && Boolean(decision?.reason));
  if (state === 'offered' || state === 'waiting') return null;
  const { words, Icon } = DONE[state];
  const reason = reasons.data?.find(({ code }) => code === decision?.reason)?.label ?? decision?.reason;
  return (
    <p className={classes.decided} data-state={state} role="status">
      {saving ? (
        <Loader size={17} aria-hidden className={classes.turning ?? ''} />
      ) : (
        <Icon size={17} aria-hidden />
      )}
      {saving ? (
        <span>
          <strong>{words}</strong>, saving…
        </span>
      ) : (
        <span>
          <strong>{words}</strong>
          {decision && (
            <>
              {' '}
              by {decision.by === me.id ? 'you' : decision.byName}, {formatDateTime(decision.at)}
            </>
          )}
          {reason && ` · ${reason}`}
          {decision?.note && ` · “${decision.note}”`}
        </span>
      )}
    </p>
  );
};

/** Why a verdict was not saved. When another user decided first: by whom and when. */
export const Refusal = ({ fault }: { fault: unknown }): ReactNode => {
  const me = useMe();
  const problem = asProblem(fault);
  const { decidedAt, decidedBy, decidedByName, decision } = problem.members;
  const decidedByOther = problem.status === 409 && typeof decidedAt === 'string';
  return (
    <Alert
      role="alert"
      mt="sm"
      color={decidedByOther ? 'yellow' : 'red'}
      variant="light"
      {...(decidedByOther && { styles: { title: WARNING, icon: WARNING } })}
      icon={<CircleAlert aria-hidden />}
      title={decidedByOther ? 'Somebody decided before you' : problem.title}
    >
      <Text size="sm">
        {decidedByOther
          ? `${decidedBy === me.id ? 'You' : textOf(decidedByName, 'Somebody else')} ${humanize(textOf(decision, 'decided on')).toLowerCase()} this lead on ${formatDateTime(decidedAt)}. Your decision was not saved.`
          : problem.detail}
      </Text>
      {!decidedByOther && problem.violations.length > 0 && (
        <ul className={classes.violations}>
          {problem.violations.map(({ pointer, detail }) => (
            <li key={pointer + detail}>
              {humanize(pointer.split('/').pop() ?? '')} {detail}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
};

const WARNING = { color: 'var(--warn-text)' };

const textOf = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value ? value : otherwise;
