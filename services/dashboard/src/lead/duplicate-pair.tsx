import { Button, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Duplicate, LeadSummary } from '../api/shapes.js';
import { DEFINER_ROLES, useMe } from '../session/session.js';
import { Ago } from '../time/ago.js';
import { Failure } from '../ui/states.js';
import { ScoreBadge, StageBadge } from './badges.js';
import classes from './duplicate-pair.module.css';
import { useDismiss, wordsOf } from './duplicates.js';
import { MergeDialog } from './merge-dialog.js';
import { nameOf, roleOf } from './traits.js';

interface PairProps {
  duplicate: Duplicate;
  /** The sides to show: both, or on a lead's page the other one. */
  shown: readonly LeadSummary[];
  /** Both leads. */
  leads: readonly [LeadSummary, LeadSummary];
}

/** Two leads that may be one person: to compare, to merge, or to say that they are two. */
export const DuplicatePair = ({ duplicate, shown, leads }: PairProps): ReactNode => {
  const me = useMe();
  const dismiss = useDismiss();
  const [merging, setMerging] = useState(false);
  const mayDecide = DEFINER_ROLES.includes(me.role);
  const names = leads.map(({ traits }) => nameOf(traits)).join(' and ');
  if (dismiss.data?.dismissed)
    return (
      <div className={classes.pair} role="status">
        <span>
          <bdi>{names}</bdi> are two people.
        </span>
        <Button
          size="compact-xs"
          variant="default"
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate({ id: duplicate.id, dismissed: false })}
        >
          Undo
        </Button>
      </div>
    );
  return (
    <div className={classes.pair}>
      <div className={classes.why}>
        <strong>{wordsOf(duplicate.likenesses)}</strong>
        <Ago iso={duplicate.foundAt} />
      </div>
      <div className={classes.sides}>
        {shown.map((lead) => (
          <Side key={lead.id} lead={lead} />
        ))}
      </div>
      {dismiss.error && <Failure fault={dismiss.error} />}
      {mayDecide && (
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => setMerging(true)} aria-label={`Merge ${names}`}>
            Merge…
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={dismiss.isPending}
            onClick={() => dismiss.mutate({ id: duplicate.id, dismissed: true })}
            aria-label={`${names} are two people`}
          >
            Two people
          </Button>
        </Group>
      )}
      {merging && <MergeDialog lead={leads[0]} other={leads[1]} onClose={() => setMerging(false)} />}
    </div>
  );
};

const Side = ({ lead }: { lead: LeadSummary }): ReactNode => {
  const role = roleOf(lead.traits);
  const { email, phone } = lead.traits;
  return (
    <div className={classes.side}>
      <Link to={`/leads/${lead.id}`}>
        <bdi>{nameOf(lead.traits)}</bdi>
      </Link>
      {role && <bdi>{role}</bdi>}
      {typeof email === 'string' && <bdi>{email}</bdi>}
      {typeof phone === 'string' && <bdi>{phone}</bdi>}
      <span className={classes.badges}>
        <StageBadge stage={lead.stage} />
        <ScoreBadge score={lead.score} />
        {lead.owner && <bdi>{lead.owner.name}</bdi>}
      </span>
    </div>
  );
};
