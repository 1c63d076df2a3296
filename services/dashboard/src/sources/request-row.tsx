import { UnstyledButton } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { ReceivedRequest, Source } from '../api/shapes.js';
import { formatDateTime, formatTime } from '../time/format.js';
import { countOf } from '../ui/count.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { EntryDetail } from './entry-detail.js';
import classes from './request-row.module.css';
import { programText } from '../ui/program-text.js';
import { endpointText, statusOf } from './request-text.js';

interface RequestRowProps {
  source: Source;
  request: ReceivedRequest;
  isOpen: boolean;
  onToggle: () => void;
  /** Called with a sentence that says what was changed. */
  onDone: (what: string) => void;
}

/** One request; opens to what was understood of it. */
export const RequestRow = ({ source, request, isOpen, onToggle, onDone }: RequestRowProps): ReactNode => {
  const detailId = useId();
  const { text, tone } = statusOf(request);
  return (
    <li>
      <UnstyledButton
        className={classes.row}
        aria-expanded={isOpen}
        {...(isOpen && { 'aria-controls': detailId })}
        onClick={onToggle}
      >
        <time
          dateTime={request.receivedAt}
          title={formatDateTime(request.receivedAt)}
          className={classes.when}
        >
          {formatTime(request.receivedAt)}
        </time>
        <span className={classes.what}>
          <strong>{endpointText(request.endpoint)}</strong>
          <span title={request.userAgent ?? undefined}>{programText(request.userAgent)}</span>
        </span>
        <span className={classes.status}>
          <ToneBadge tone={tone}>{text}</ToneBadge>
        </span>
        <span className={classes.counts}>{countsOf(request)}</span>
        <ChevronDown size={16} aria-hidden className={classes.chevron} data-open={isOpen || undefined} />
      </UnstyledButton>
      {isOpen && (
        <div id={detailId} className={classes.detail}>
          <RequestDetail source={source} request={request} onDone={onDone} />
        </div>
      )}
    </li>
  );
};

const countsOf = ({ accepted, refused, flagged }: ReceivedRequest): string =>
  [`${accepted} accepted`, refused > 0 && `${refused} refused`, flagged > 0 && `${flagged} flagged`]
    .filter(Boolean)
    .join(', ');

const RequestDetail = ({
  source,
  request,
  onDone,
}: Pick<RequestRowProps, 'source' | 'request' | 'onDone'>): ReactNode => {
  const { entries, accepted, refused, detail } = request;
  // With faults that have a place, the detail only says that there are some.
  const isExplained = entries.some(({ fault }) => fault);
  const messages = accepted + refused;
  return (
    <>
      <p className={classes.facts}>
        {formatDateTime(request.receivedAt)}, <code>{request.endpoint}</code>, answered with {request.status}
        {request.userAgent && (
          <>
            , sent by <code>{request.userAgent}</code>
          </>
        )}
      </p>
      {detail && !isExplained && <p className={classes.refusal}>{detail}</p>}
      {entries.map((entry, index) => (
        <EntryDetail
          // The entries of a request never change their order.
          key={index}
          source={source}
          request={request}
          place={index}
          onDone={onDone}
        />
      ))}
      {messages > entries.length && entries.length > 0 && (
        <p className={classes.facts}>
          {entries.length} of {countOf(messages, 'message')} are kept.
        </p>
      )}
    </>
  );
};
