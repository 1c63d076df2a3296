import { encode, type EventContract } from '@baton/contracts';
import type { IHeaders } from 'kafkajs';
import type { Outgoing } from './message.js';
import type { WireMessage } from './wire-message.js';

/** An event from outside, whose subject has no versions; see {@link Outgoing} for those that services decide. */
export interface Unversioned<Data extends object = any> {
  readonly contract: EventContract<string, Data>;
  readonly data: Data;
  readonly traceparent?: string;
}

/**
 * CloudEvents 1.0, Kafka binding, binary mode. The id is the subject and its version (or the subject alone), so that
 * the same event published twice has the same id.
 * @throws ContractViolation
 */
export const toWire = (event: Unversioned | Outgoing, source: string, time: string): WireMessage => {
  const { contract } = event;
  const data = event.data as object;
  const subject = contract.subject(data);
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: 'sequence' in event ? `${subject}.${event.sequence}` : subject,
    ce_type: contract.type,
    ce_source: `/${source}`,
    ce_time: time,
    ce_subject: subject,
  };
  if ('sequence' in event) headers['ce_sequence'] = String(event.sequence);
  if (event.traceparent) headers['traceparent'] = event.traceparent;
  return { topic: contract.topic, key: contract.key(data), value: encode(contract, data), headers };
};

/** The attributes of a CloudEvent and its data, before the contract is checked. */
export interface Envelope {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly time: Date;
  readonly sequence?: number;
  readonly traceparent?: string;
  readonly data: unknown;
}

/** A message that can never be read, and why. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

type Attribute = (name: string) => string | undefined;

/** A header as text; of a repeated one the first. */
export const headerOf = (headers: IHeaders | undefined, name: string): string | undefined => {
  const found = headers?.[name];
  return found === undefined ? undefined : String(Array.isArray(found) ? found[0] : found);
};

/** The event type of a message in binary mode, which is known without reading the body; undefined in structured mode. */
export const typeInHeader = (headers: IHeaders | undefined): string | undefined =>
  isStructured(headers) ? undefined : headerOf(headers, 'ce_type');

const isStructured = (headers: IHeaders | undefined): boolean =>
  headerOf(headers, 'content-type')?.startsWith('application/cloudevents') ?? false;

/** Reads binary mode, and structured mode where the content type says so. @throws Unreadable */
export const envelopeOf = (value: Buffer | null, headers: IHeaders | undefined): Envelope => {
  if (!value || value.length === 0) throw new Unreadable('the message has no value');
  const json = parse(value);
  const structured = isStructured(headers);
  const attributes = structured ? (json as Record<string, unknown>) : undefined;
  const attribute: Attribute = (name) => {
    const found = attributes ? attributes[name] : headerOf(headers, `ce_${name}`);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
  };
  const required = (name: string): string => {
    const found = attribute(name);
    if (!found) throw new Unreadable(`not a CloudEvent: ${structured ? '' : 'header ce_'}${name} is missing`);
    return found;
  };
  const type = required('type');
  const id = required('id');
  const sequence = sequenceIn(attribute);
  const traceparent = headerOf(headers, 'traceparent');
  return {
    id,
    type,
    source: required('source'),
    subject: attribute('subject') ?? id,
    time: timeIn(attribute),
    data: attributes ? attributes['data'] : json,
    ...(sequence === undefined ? {} : { sequence }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
};

const timeIn = (attribute: Attribute): Date => {
  const time = new Date(attribute('time') ?? Date.now());
  if (Number.isNaN(time.getTime())) throw new Unreadable('ce_time is no date');
  return time;
};

const sequenceIn = (attribute: Attribute): number | undefined => {
  const sequence = attribute('sequence');
  if (sequence === undefined) return undefined;
  if (!/^\d{1,15}$/.test(sequence)) throw new Unreadable('ce_sequence is no whole number');
  return Number(sequence);
};

const parse = (value: Buffer): unknown => {
  try {
    return JSON.parse(value.toString('utf8')) as unknown;
  } catch {
    throw new Unreadable('the value is not JSON');
  }
};
