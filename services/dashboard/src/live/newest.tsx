import { Button } from '@mantine/core';
import { Check, Clock, Dot, Pause, Play, Radio, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useLeadsById } from '../lead/leads.js';
import { useStages } from '../lead/stages.js';
import { nameOf } from '../lead/traits.js';
import { useMe } from '../session/session.js';
import { Panel } from '../ui/page.js';
import { Empty } from '../ui/states.js';
import { useLive } from '../stream/live.js';
import { AgoShort } from '../time/ago.js';
import classes from './newest.module.css';
import { sentenceOf } from './sentences.js';

const SHOWN = 30;
const ICONS = { plain: Dot, good: Check, warn: Clock, late: TriangleAlert };

/** The last events, newest first, updated until paused. */
export const Newest = ({ className }: { className: string | undefined }): ReactNode => {
  const { newest } = useLive();
  const isSeller = useMe().role === 'seller';
  const [paused, setPaused] = useState<typeof newest | null>(null);
  const shown = (paused ?? newest).slice(0, SHOWN);
  const leads = useLeadsById(shown.map(({ leadId }) => leadId).filter(Boolean));
  const { labelOf } = useStages();
  const pause = (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={paused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
      onClick={() => setPaused(paused ? null : newest)}
    >
      {paused ? 'Go on' : 'Pause'}
    </Button>
  );
  return (
    <Panel
      title={isSeller ? 'Newest of your leads' : 'Newest'}
      className={className}
      actions={newest.length > 0 && pause}
    >
      {shown.length === 0 ? (
        <Empty icon={<Radio />} title="Waiting for something to happen">
          {isSeller
            ? 'Every offer, score and verdict of your leads shows here the moment it happens.'
            : 'Every lead, score and verdict shows here the moment it happens.'}
        </Empty>
      ) : (
        <ol className={classes.list} aria-label="Newest events" tabIndex={0}>
          {shown.map((event) => {
            const lead = leads.get(event.leadId);
            const who = (
              <Link to={`/leads/${event.leadId}`} className={classes.who}>
                {lead ? nameOf(lead.traits) : 'A lead'}
              </Link>
            );
            const { tone, words } = sentenceOf(event, who, labelOf);
            const Icon = ICONS[tone];
            return (
              <li key={`${event.type}-${event.id}`} className={classes.item}>
                <span className={classes.icon} data-tone={tone} aria-hidden>
                  <Icon size={14} />
                </span>
                <span className={classes.words}>{words}</span>
                <span className={classes.at}>
                  <AgoShort iso={event.at} />
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
};
