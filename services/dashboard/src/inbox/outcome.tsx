import { Alert, Text } from '@mantine/core';
import { BadgeCheck, Ban, Check, CircleAlert, Loader } from 'lucide-react';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.js';
import type { Handoff } from '../api/shapes.js';
import { wordsOf } from '../ui/words.js';
import { useMe } from '../session/session.js';
import { at } from '../time/words.js';
import classes from './outcome.module.css';
import { useRejectReasons } from '../handoff/handoffs.js';

const DONE = {
  accepted: { words: 'Accepted', Icon: Check },
  rejected: { words: 'Rejected', Icon: Ban },
  qualified: { words: 'Qualified', Icon: BadgeCheck },
} as const;

/** Who decided and when; what is only on its way to the server says so. */
export const DecidedBy = ({ handoff, saving }: { handoff: Handoff; saving: boolean }): ReactNode => {
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
              by {decision.by === me.id ? 'you' : decision.byName}, {at(decision.at)}
            </>
          )}
          {reason && ` · ${reason}`}
          {decision?.note && ` · “${decision.note}”`}
        </span>
      )}
    </p>
  );
};

/** The server said no, or could not be asked. When somebody was faster, it says who and when. */
export const Refused = ({ fault }: { fault: unknown }): ReactNode => {
  const me = useMe();
  const problem = asProblem(fault);
  const { decidedAt, decidedBy, decidedByName, decision } = problem.members;
  const faster = problem.status === 409 && typeof decidedAt === 'string';
  return (
    <Alert
      role="alert"
      mt="sm"
      color={faster ? 'yellow' : 'red'}
      variant="light"
      {...(faster && { styles: { title: WARNING, icon: WARNING } })}
      icon={<CircleAlert aria-hidden />}
      title={faster ? 'Somebody decided before you' : problem.title}
    >
      <Text size="sm">
        {faster
          ? `${decidedBy === me.id ? 'You' : textOf(decidedByName, 'Somebody else')} ${wordsOf(textOf(decision, 'decided on')).toLowerCase()} this lead on ${at(decidedAt)}. Your decision was not saved.`
          : problem.detail}
      </Text>
      {!faster && problem.faults.length > 0 && (
        <ul className={classes.faults}>
          {problem.faults.map(({ pointer, detail }) => (
            <li key={pointer + detail}>
              {wordsOf(pointer.split('/').pop() ?? '')} {detail}
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
