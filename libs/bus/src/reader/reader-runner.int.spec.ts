import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ActivityRecorded, HandoffWarned, LeadScored } from '@baton/contracts';
import { eventOf, eventually } from '@baton/testing';
import { CountScores, CountWarnings, leads, scored, TestBus } from '../bus.example.js';
import { encodeMessages } from '../outbox/frames.js';

let routing: TestBus;
let reporting: TestBus;

beforeEach(async () => {
  routing = await TestBus.of('routing');
  reporting = await TestBus.on(routing.kafka, 'reporting');
});
afterEach(() => Promise.all([routing.stop(), reporting.stop()]));

const warnings = { name: 'warnings', handlers: [new CountWarnings()] };

describe('a reader', () => {
  it('has each effect once, and its follow-up events are read once', async () => {
    await routing.run({ handlers: [new CountScores()] }, { batchSize: 7 });
    await reporting.run(warnings, { batchSize: 7 });
    await routing.publish(scored(100, leads(10)));
    await eventually(async () => expect(await reporting.total('warnings')).toBe(100));
    expect(await routing.counts()).toEqual(Array(10).fill(10));
    await eventually(async () => expect(await routing.total('outbox')).toBe(0));
  });

  it('does nothing a second time when the same events come again or its group is reset', async () => {
    const { stop } = await routing.run({ handlers: [new CountScores()] });
    const events = scored(20, leads(4));
    await routing.publish(events);
    await routing.publish(events);
    await routing.untilRead(40);
    await stop();
    await routing.withAdmin((admin, physical) =>
      admin.resetOffsets({ groupId: physical('routing.leads'), topic: physical('leads'), earliest: true }),
    );
    await routing.run({ handlers: [new CountScores()] });
    await routing.publish(scored(1, leads(1)));
    await routing.untilRead(41);
    expect(await routing.counts()).toEqual([1, 5, 5, 5, 5]);
  });

  it.each([
    ['of two topics', [LeadScored, HandoffWarned], 'exactly one topic'],
    ['of two topics, in the other order', [HandoffWarned, LeadScored], 'exactly one topic'],
    ['of no event', [], 'exactly one topic'],
    ['of a topic that the service is not declared to read', [ActivityRecorded], 'add it to READERS'],
  ])('does not begin with a handler %s', async (_, events, fault) => {
    const handler = { events, handle: () => Promise.resolve([]) };
    await expect(routing.run({ handlers: [handler] })).rejects.toThrow(fault);
  });

  it('does not hold up its group when it is stopped while it joins', async () => {
    await routing.run({ handlers: [new CountScores()] });
    const { stop } = await routing.run({ handlers: [new CountScores()] });
    await stop();
    await routing.publish(scored(20, leads(20)));
    // Well before the session of a member that did not leave would end (30 s).
    await eventually(async () => expect(await routing.read()).toBe(20), { within: 25_000 });
  });

  it('reads again from the stored positions when the database was set back', async () => {
    const { stop } = await routing.run({ handlers: [new CountScores()] });
    await routing.publish(scored(10, leads(2)));
    await routing.untilRead(10);
    await stop();
    await routing.query('truncate counts, seen, positions, sequences, readers');
    await routing.run({ handlers: [new CountScores()] });
    await routing.publish(scored(4, leads(4)));
    await routing.untilRead(14);
    expect(await routing.counts()).toEqual([1, 1, 1, 1, 5, 5]);
  });

  it('keeps progress of its own: one that is added later reads from the beginning while the others stay live', async () => {
    await routing.run({ handlers: [new CountScores()] });
    await routing.publish(scored(30, leads(3)));
    await routing.untilRead(30);
    const other = new CountScores();
    await routing.run({ name: 'later', handlers: [other] });
    await routing.publish(scored(3, leads(3)));
    await routing.untilRead(33, 'later');
    await routing.untilRead(33);
    expect(await routing.counts()).toEqual([2, 2, 2, 20, 20, 20]);
  });

  it('publishes what a crash left in the outbox; its readers skip what they have seen', async () => {
    await reporting.run(warnings);
    const lead = randomUUID();
    const message = (sequence: number) => ({
      topic: 'handoffs',
      key: lead,
      value: JSON.stringify({ ...eventOf(HandoffWarned), leadId: lead, handoffId: lead }),
      headers: {
        ce_id: `${lead}.${sequence}`,
        ce_type: HandoffWarned.type,
        ce_source: '/routing',
        ce_subject: lead,
        ce_sequence: String(sequence),
        ce_time: '2026-01-05T09:00:00.000Z',
      },
    });
    for (const messages of [[message(1)], [message(2)], [message(1), message(2)]]) {
      const frames = encodeMessages(messages);
      await routing.query('insert into outbox (bytes, messages) values ($1, $2)', [frames.length, frames]);
    }
    await routing.run({ handlers: [new CountScores()] });
    await eventually(async () => expect(await routing.total('outbox')).toBe(0));
    await reporting.untilRead(4, 'warnings');
    expect(await reporting.total('warnings')).toBe(2);
  });
});
