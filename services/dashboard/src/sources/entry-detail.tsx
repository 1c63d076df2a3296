import type { ReactNode } from 'react';
import type { ReceivedRequest, Source } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { humanize } from '../ui/humanize.js';
import { ToneBadge } from '../ui/tone-badge.js';
import classes from './entry-detail.module.css';
import { Fault } from './fault.js';
import { FieldTable } from './field-table.js';
import { consentText, endpointText, formIdIn } from './request-text.js';
import { RobotNotice } from './robot-notice.js';
import { ValueList } from './value-list.js';

interface EntryDetailProps {
  source: Source;
  request: ReceivedRequest;
  /** Of the entry among those of the request. */
  place: number;
  onDone: (what: string) => void;
}

/** What was understood of one message, or why it was refused. */
export const EntryDetail = ({ source, request, place, onDone }: EntryDetailProps): ReactNode => {
  const { activity, fault, message, fields, notes = [] } = request.entries[place]!;
  const formId = formIdIn(request.endpoint);
  const consent = activity?.marketingConsent;
  return (
    <section
      className={classes.entry}
      aria-label={`Message ${place + 1} of ${endpointText(request.endpoint)}`}
    >
      {fault && <Fault fault={fault} message={message} />}
      {activity?.bot && <RobotNotice source={source} request={request} place={place} onDone={onDone} />}
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
      {activity && (
        <>
          <h3 className={classes.title}>
            {humanize(activity.kind)} {activity.name}
          </h3>
          <div className={classes.columns}>
            <ValueList title="Who" values={activity.identifiers} />
            <ValueList title="About the person" values={activity.traits} />
            <ValueList title={fields ? 'Other answers' : 'Properties'} values={activity.properties} />
            <ValueList
              title="Where from"
              values={{
                channel: activity.channel,
                ...Object.fromEntries(
                  Object.entries(activity.campaign ?? {}).map(([part, value]) => [
                    part === 'name' ? 'campaign' : `campaign ${part}`,
                    value,
                  ]),
                ),
                page: activity.pageUrl,
                referrer: activity.referrer,
                happened: formatDateTime(activity.occurredAt),
              }}
            />
          </div>
          <p className={classes.consent}>
            Marketing:{' '}
            <ToneBadge tone={consent === undefined ? 'plain' : consent ? 'good' : 'bad'}>
              {consentText(consent)}
            </ToneBadge>
          </p>
        </>
      )}
      {fields && formId !== undefined && (
        <FieldTable fields={fields} formId={formId} activity={activity} onDone={onDone} />
      )}
    </section>
  );
};
