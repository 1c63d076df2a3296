import type { ReactNode } from 'react';
import type { ReceivedActivity, ReceivedRequest, Source } from '../api/shapes.js';
import { humanize } from '../ui/humanize.js';
import { Notice } from '../ui/notice.js';
import { ToneBadge } from '../ui/tone-badge.js';
import classes from './entry-detail.module.css';
import { Fault } from './fault.js';
import { FieldTable } from './field-table.js';
import { originOf } from './origin.js';
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
  return (
    <div
      className={classes.entry}
      role="group"
      aria-label={`Message ${place + 1} of ${endpointText(request.endpoint)}`}
    >
      {fault && <Fault fault={fault} message={message} />}
      {activity && (
        <h3 className={classes.title}>
          {humanize(activity.kind)} {activity.name}
        </h3>
      )}
      {activity?.bot && <RobotNotice source={source} request={request} place={place} onDone={onDone} />}
      {notes.map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
      {activity && <Understood activity={activity} isForm={fields !== undefined} />}
      {fields && formId !== undefined && (
        <FieldTable fields={fields} formId={formId} activity={activity} onDone={onDone} />
      )}
    </div>
  );
};

/** Answers of a form that are no traits are shown with its fields. */
const Understood = ({ activity, isForm }: { activity: ReceivedActivity; isForm: boolean }): ReactNode => {
  const { identifiers, traits, properties, marketingConsent: consent } = activity;
  const { email, ...others } = traits;
  return (
    <>
      <div className={classes.columns}>
        <ValueList title="Who" values={identifiers} />
        <ValueList title="About the person" values={email === identifiers['email'] ? others : traits} />
        {!isForm && <ValueList title="Properties" values={properties} />}
        <ValueList title="Where from" values={originOf(activity)} />
      </div>
      <p className={classes.consent}>
        Marketing:{' '}
        <ToneBadge tone={consent === undefined ? 'plain' : consent ? 'good' : 'bad'}>
          {consentText(consent)}
        </ToneBadge>
      </p>
    </>
  );
};
