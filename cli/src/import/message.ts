import { createHash } from 'node:crypto';
import type { Field } from './fields.js';
import type { Mapping } from './mapping.js';
import { EVENT_OF, isDeal, type Outcome } from './outcome.js';
import { RowFault } from './row-fault.js';
import { RowReader, type FileRow, type Person, type Reading } from './row-reader.js';

type Json = Readonly<Record<string, unknown>>;

/** A message of the Segment protocol, and what it is counted as. */
export interface Message {
  readonly counts: 'lead' | 'activity' | 'outcome';
  readonly body: Json;
}

/** With its length as JSON in UTF-8. */
export interface SizedMessage extends Message {
  readonly bytes: number;
}

/** Ingestion refuses larger events. */
const MAX_EVENT_BYTES = 32 * 1024;
const KINDS = new Set(['track', 'page', 'screen', 'identify']);
const PAGE_VIEW = /^(?:page[ _-]?)?view(?:ed)?(?:[ _-]?(?:a )?page)?$|^page$/i;

/**
 * What a row says, as messages in their order; none for a row of outcomes without one. Their ids depend on the content alone, so that a
 * row that is sent again is the same activities.
 * @throws RowFault
 */
export const messagesOf = (row: FileRow, mapping: Mapping, reading: Reading): SizedMessage[] => {
  const read = new RowReader(row, mapping, reading);
  const messages = mapping.kind === 'activities' ? [activityOf(row, read)] : leadOf(read, mapping);
  return messages.map((message) => {
    const bytes = Buffer.byteLength(JSON.stringify(message.body));
    if (bytes > MAX_EVENT_BYTES) throw new RowFault('', `has more than ${MAX_EVENT_BYTES / 1024} KB`);
    return { ...message, bytes };
  });
};

const leadOf = (read: RowReader, mapping: Mapping): Message[] => {
  const person = read.person();
  if (mapping.kind === 'outcomes') return outcomesOf(read, { person, at: 'at', more: read.properties() });
  const context = read.context();
  const identify = {
    ...person.ids,
    type: 'identify',
    traits: person.traits,
    ...timestamp(read.instant('at')),
    ...(context && { context }),
  };
  const lead: Message = { counts: 'lead', body: withId(identify, 'lead') };
  return mapping.hasOutcomes ? [lead, ...outcomesOf(read, { person, at: 'outcomeAt', more: {} })] : [lead];
};

const activityOf = (row: FileRow, read: RowReader): Message => {
  const { ids, traits } = read.person();
  const at = read.instant('at');
  if (at === undefined) throw read.fault('at', 'is empty: an activity needs its time');
  const url = read.text('url');
  const event = read.text('event');
  const type = read.text('type')?.toLowerCase() ?? (url !== undefined && isView(event) ? 'page' : 'track');
  if (!KINDS.has(type)) throw read.fault('type', `is none of ${[...KINDS].join(', ')}`);
  if (type === 'track' && event === undefined)
    throw read.fault('event', 'is empty: an activity needs the name of its event');
  const context = { ...read.context(), traits };
  const body = {
    ...ids,
    type,
    ...(type === 'track' ? { event } : type !== 'identify' && event !== undefined && { name: event }),
    ...timestamp(at),
    properties: { ...read.properties(), ...(url !== undefined && { url }) },
    context,
  };
  const given = read.text('messageId');
  if (given !== undefined) return { counts: 'activity', body: { ...body, messageId: given } };
  // Of the row as it is, so that another mapping makes no second activity of it.
  const id = digestOf('activity', Object.fromEntries([...row.values].sort(([a], [b]) => (a < b ? -1 : 1))));
  return { counts: 'activity', body: { ...body, messageId: id } };
};

const isView = (event: string | undefined): boolean => event === undefined || PAGE_VIEW.test(event.trim());

interface OutcomeOf {
  readonly person: Person;
  /** Field with the time of the outcome. */
  readonly at: Field;
  readonly more: Json;
}

/** A deal that is renewed or churned was won before: without a report of that it would stay open. */
const outcomesOf = (read: RowReader, { person, at: field, more }: OutcomeOf): Message[] => {
  const outcome = read.outcome();
  if (outcome === undefined || outcome === 'ignore') return [];
  const at = read.instant(field);
  if (at === undefined) throw read.fault(field, 'is empty: an outcome needs its time');
  const [opened, won] = [read.instant('openedAt'), read.instant('wonAt')];
  const properties = { ...more, ...read.deal() };
  const dealId = read.text('dealId') ?? `lead-${digestOf('deal', person.key).slice(-16)}`;
  const report = (what: Exclude<Outcome, 'ignore'>, when: number): Message => {
    const body = {
      ...person.ids,
      type: 'track',
      event: EVENT_OF[what],
      ...timestamp(when),
      properties: isDeal(what) ? { ...properties, deal_id: dealId } : properties,
      context: { traits: person.identifying },
    };
    return { counts: what === outcome ? 'outcome' : 'activity', body: withId(body, 'outcome') };
  };
  if (!isDeal(outcome)) return [report(outcome, at)];
  const isLater = outcome === 'churned' || outcome === 'renewed';
  const wonAt = Math.min(won ?? opened ?? at, at);
  return [
    ...(opened !== undefined && outcome !== 'open' ? [report('open', Math.min(opened, wonAt))] : []),
    ...(isLater ? [report('won', wonAt)] : []),
    report(outcome, outcome === 'open' ? (opened ?? at) : at),
  ];
};

const timestamp = (at: number | undefined): { timestamp?: string } =>
  at === undefined ? {} : { timestamp: new Date(at).toISOString() };

const withId = (body: Json, what: string): Json => ({ ...body, messageId: digestOf(what, body) });

const digestOf = (what: string, ...content: readonly unknown[]): string =>
  `import-${createHash('sha256')
    .update(JSON.stringify([what, ...content]))
    .digest('hex')
    .slice(0, 40)}`;
