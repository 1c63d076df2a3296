import { Anchor, Text, Title } from '@mantine/core';
import { ArrowLeft, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Handoff } from '../api/shapes.js';
import { ScoreBadge, StageBadge } from '../lead/badges.js';
import { useLead } from '../lead/leads.js';
import { mailtoOf } from '../lead/mailto.js';
import { RecentActivities } from '../lead/recent-activities.js';
import { TopReasons } from '../lead/top-reasons.js';
import { nameOf, roleOf } from '../lead/traits.js';
import { Failure, Loading } from '../ui/states.js';
import { Assignment } from './assignment.js';
import { Attempts } from './attempts.js';
import { CountdownPanel } from '../handoff/countdown.js';
import classes from './handoff-detail.module.css';
import { useHandoff } from '../handoff/handoffs.js';
import { VerdictActions } from './verdict-actions.js';

interface HandoffDetailProps {
  id: string;
  /** From the list, shown until the hand-off is loaded. */
  known: Handoff | undefined;
  search: string;
  /** Selected by the page's address, not only as the first of the list. */
  pinned: boolean;
}

/** One hand-off with what a seller needs for a decision: lead, clock, reasons and activities. */
export const HandoffDetail = ({ id, known, search, pinned }: HandoffDetailProps): ReactNode => {
  const query = useHandoff(id);
  const handoff = query.data ?? known;
  const lead = useLead(handoff?.leadId);
  if (!handoff) {
    return (
      <div className={classes.detail}>
        {query.error ? (
          <Failure fault={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading lines={8} />
        )}
      </div>
    );
  }
  const traits = lead.data?.traits ?? {};
  const email = lead.data?.identifiers.find(({ kind }) => kind === 'email')?.value;
  const campaign = lead.data?.campaign;
  return (
    <article className={classes.detail} aria-labelledby={`who-${id}`}>
      <Anchor component={Link} to={{ pathname: '/inbox', search }} className={classes.back ?? ''}>
        <ArrowLeft size={16} aria-hidden /> All
      </Anchor>
      <header className={classes.head}>
        <div>
          <Title order={2} size="h3" id={`who-${id}`}>
            {lead.data ? nameOf(traits) : '…'}
          </Title>
          <Text c="dimmed">{roleOf(traits) || 'Company unknown'}</Text>
          <div className={classes.facts}>
            {email && <Anchor href={mailtoOf(email)}>{email}</Anchor>}
            <Anchor component={Link} to={`/leads/${handoff.leadId}`}>
              Everything about this lead
            </Anchor>
          </div>
        </div>
        {lead.data && (
          <div className={classes.badges}>
            <StageBadge stage={lead.data.stage} />
            <ScoreBadge score={lead.data.score} />
          </div>
        )}
      </header>
      {handoff.escalation && (handoff.state === 'offered' || handoff.state === 'waiting') && (
        <p className={classes.escalation} role="status">
          <TriangleAlert size={18} aria-hidden /> A manager must decide: {handoff.escalation.why}
        </p>
      )}
      <CountdownPanel handoff={handoff} />
      <VerdictActions handoff={handoff} who={nameOf(traits)} pinned={pinned} search={search} />
      <div className={classes.columns}>
        <TopReasons leadId={handoff.leadId} />
        <RecentActivities leadId={handoff.leadId} />
      </div>
      <Attempts handoff={handoff} />
      <Assignment key={id} handoffId={id} />
      <footer className={classes.foot}>
        {lead.data && (
          <span>
            Came by <strong>{lead.data.channel}</strong>
            {campaign ? (
              <>
                {' '}
                with <strong>{campaign}</strong>
              </>
            ) : null}
          </span>
        )}
        {handoff.why && (
          <span>
            {handoff.seller ? `Why ${handoff.seller.name}` : 'Why nobody'}: {handoff.why}
            {handoff.offer > 1 && ` (offer ${handoff.offer})`}
          </span>
        )}
        {handoff.policyId && <Link to={`/definitions/${handoff.policyId}`}>{handoff.policyId}</Link>}
      </footer>
    </article>
  );
};
