import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { Lead } from '../api/shapes.js';
import { DealsPanel } from '../deal/deals-panel.js';
import { PersonalDataPanel } from '../erasure/personal-data-panel.js';
import { Page, Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { formatDateTime } from '../time/format.js';
import { ScoreBadge, StageBadge } from './badges.js';
import { HandoffHistory } from './handoff-history.js';
import classes from './lead-page.module.css';
import { useLead } from './leads.js';
import { LikelihoodPanel } from './likelihood-panel.js';
import { mailtoOf } from './mailto.js';
import { SamePersonPanel } from './same-person-panel.js';
import { ScoreOverTime } from './score-over-time.js';
import { ScorePanel } from './score-panel.js';
import { StagePath } from './stage-path.js';
import { StoryPanel } from './story-panel.js';
import { Timeline } from './timeline.js';
import { detailsOf, nameOf, roleOf } from './traits.js';
import { humanize } from '../ui/humanize.js';

/** Everything known of one lead. */
export const LeadPage = (): ReactNode => {
  const { id = '' } = useParams();
  const lead = useLead(id);
  return (
    <Page
      key={id}
      title={lead.data ? nameOf(lead.data.traits) : 'Lead'}
      lead={lead.data && (roleOf(lead.data.traits) || 'Company unknown')}
      actions={
        lead.data && (
          <>
            <StageBadge stage={lead.data.stage} />
            <ScoreBadge score={lead.data.score} />
          </>
        )
      }
    >
      <Loaded query={lead} lines={10}>
        {(loaded) => (
          <div className={classes.grid}>
            <Panel title="Path" className={classes.path}>
              <StagePath lead={loaded} />
            </Panel>
            <div className={classes.column}>
              <ScorePanel leadId={id} className={classes.score} />
              <StoryPanel lead={loaded} className={classes.score} />
              <LikelihoodPanel lead={loaded} />
              <ScoreOverTime leadId={id} />
              <Timeline leadId={id} className={classes.timeline} />
            </div>
            <div className={classes.column}>
              <Panel title="Who" className={classes.who}>
                <Facts lead={loaded} />
              </Panel>
              <SamePersonPanel lead={loaded} />
              <DealsPanel leadId={id} who={nameOf(loaded.traits)} />
              <HandoffHistory lead={loaded} className={classes.handoffs} />
              <PersonalDataPanel leadId={id} name={nameOf(loaded.traits)} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
};

const Facts = ({ lead }: { lead: Lead }): ReactNode => {
  const facts: [string, ReactNode][] = [
    ['Owner', lead.owner?.name ?? 'Nobody yet'],
    ...lead.identifiers
      .filter(({ kind }) => !/anonymous/i.test(kind))
      .map(({ kind, value }): [string, ReactNode] => [
        kind === 'email' ? 'E-mail' : kind === 'crm' ? 'CRM id' : humanize(kind),
        kind === 'email' ? <a href={mailtoOf(value)}>{value}</a> : value,
      ]),
    ...(lead.accountDomain === null
      ? []
      : [
          [
            'Account',
            <Link to={`/accounts/${encodeURIComponent(lead.accountDomain)}`}>{lead.accountDomain}</Link>,
          ] as [string, ReactNode],
        ]),
    ...detailsOf(lead.traits),
    ['Came by', [lead.channel, lead.campaign, lead.sourceId].filter(Boolean).join(' · ')],
    ['First seen', formatDateTime(lead.createdAt)],
    ['Last activity', formatDateTime(lead.lastActivityAt)],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value], place) => (
        <div key={`${label}-${place}`}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
