import { describe, expect, it } from '@jest/globals';
import { LeadScored } from '@baton/contracts';
import type { KafkaMessage } from 'kafkajs';
import { toWire } from './cloud-event.js';
import { outgoing } from './message.js';
import { classifyRecord } from './classify-record.js';

const position = { topic: 'leads', partition: 3, offset: 7n };
const wanted = new Map([[LeadScored.type, LeadScored]]);
const wire = toWire(outgoing(LeadScored, LeadScored.example, 4), 'scoring', '2026-01-05T09:00:00.000Z');

const message = (
  change: { value?: string | null; headers?: Record<string, string | undefined> } = {},
): KafkaMessage => {
  const headers = { ...wire.headers, ...change.headers };
  const kept = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Buffer.from(value)]],
    ),
  );
  const value = change.value === undefined ? wire.value : change.value;
  // Only what the classification reads of a record.
  return {
    key: null,
    value: value === null ? null : Buffer.from(value),
    headers: kept,
  } as unknown as KafkaMessage;
};

describe('classifying a record', () => {
  it('gives back what was written', () => {
    expect(classifyRecord(message(), position, wanted)).toEqual({
      kind: 'event',
      event: {
        contract: LeadScored,
        id: `${LeadScored.example.leadId}.4`,
        type: LeadScored.type,
        source: '/scoring',
        subject: LeadScored.example.leadId,
        time: new Date('2026-01-05T09:00:00.000Z'),
        sequence: 4,
        data: JSON.parse(wire.value),
        position,
      },
    });
  });

  it('understands structured mode', () => {
    const { ce_id, ce_type, ce_source, ce_subject, ce_time, ce_sequence } = wire.headers;
    const event = {
      id: ce_id,
      type: ce_type,
      source: ce_source,
      subject: ce_subject,
      time: ce_time,
      sequence: ce_sequence,
    };
    const value = JSON.stringify({ specversion: '1.0', ...event, data: LeadScored.example });
    const headers = { 'content-type': Buffer.from('application/cloudevents+json; charset=utf-8') };
    const reading = classifyRecord({ value: Buffer.from(value), headers }, position, wanted);
    expect(reading).toMatchObject({
      kind: 'event',
      event: { sequence: 4, data: { leadId: LeadScored.example.leadId } },
    });
  });

  it('ignores what it does not want, told from the header without reading the body', () => {
    const unwanted = message({ headers: { ce_type: 'lead.created.v1' }, value: 'not JSON' });
    expect(classifyRecord(unwanted, position, wanted)).toEqual({ kind: 'ignored' });
  });

  it.each(['lead.scored.v2', 'weather.changed.v1'])('never calls the unknown type %s dead', (ce_type) => {
    expect(classifyRecord(message({ headers: { ce_type } }), position, wanted)).toEqual({
      kind: 'unknown-type',
      type: ce_type,
    });
  });

  it.each([
    ['no value', { value: null }, /no value/],
    ['no JSON', { value: '{"leadId":' }, /not JSON/],
    ['no type', { headers: { ce_type: undefined } }, /ce_type is missing/],
    ['a sequence that is no number', { headers: { ce_sequence: '-1' } }, /ce_sequence/],
    ['a time that is no date', { headers: { ce_time: 'soon' } }, /ce_time/],
    [
      'data against the contract',
      { value: '{"leadId":5}' },
      /lead\.scored\.v1 breaks its contract.*\/leadId must be string/,
    ],
  ])('calls a message with %s dead and says why', (_what, change, reason) => {
    const reading = classifyRecord(message(change), position, wanted);
    expect(reading).toEqual({ kind: 'dead', reason: expect.stringMatching(reason) });
  });

  it('never quotes personal data in the reason', () => {
    const value = JSON.stringify({ ...LeadScored.example, leadId: 'ada@engines.example' });
    expect(JSON.stringify(classifyRecord(message({ value }), position, wanted))).not.toContain('ada@');
  });
});
