import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { CountScores, leads, scored, TestBus } from '../bus.example.js';
import { MAX_FAILURES_IN_A_ROW } from './circuit-breaker.js';
import { InputFault, MAX_CONFLICT_TRIES } from './faults.js';
import type { ReaderRunner } from './reader-runner.js';

let bus: TestBus;
let handler: CountScores;

beforeEach(async () => {
  bus = await TestBus.of('routing');
  handler = new CountScores();
});
afterEach(() => bus.stop());

const untilBlocked = (runner: ReaderRunner, reason: RegExp): Promise<void> =>
  eventually(
    () => expect(runner.state).toEqual({ phase: 'blocked', reason: expect.stringMatching(reason) }),
    {
      within: 10_000,
    },
  );

describe('a defect', () => {
  it.each<[string, RegExp, () => Promise<() => Promise<void>>]>([
    [
      'a TypeError of a handler',
      /TypeError: .*undefined.* at leads\/\d+ offset \d+/,
      () => {
        // The fault of a build whose types were wrong.
        handler.fail = () => void (undefined as unknown as string).length;
        return Promise.resolve(() => Promise.resolve(void (handler.fail = () => undefined)));
      },
    ],
    [
      'a missing table',
      /42P01/,
      async () => {
        await bus.query('alter table counts rename to gone');
        return async () => void (await bus.query('alter table gone rename to counts'));
      },
    ],
    [
      'a dropped column',
      /42703/,
      async () => {
        await bus.query('alter table counts rename column times to gone');
        return async () => void (await bus.query('alter table counts rename column gone to times'));
      },
    ],
    [
      'a revoked grant',
      /42501/,
      async () => {
        await bus.query('create role nobody_else nologin').catch(() => undefined);
        await bus.query(`create or replace function refuse() returns trigger language plpgsql as
          $$ begin raise exception 'permission denied for table counts' using errcode = '42501'; end $$`);
        await bus.query('create trigger refuse before insert on counts execute function refuse()');
        return async () => void (await bus.query('drop trigger refuse on counts'));
      },
    ],
  ])(
    '%s stops the reader with its reason, loses nothing, and ends with the mend',
    async (_what, reason, breakIt) => {
      await bus.publish(scored(40, leads(4)));
      const mend = await breakIt();
      const { runner } = await bus.run({ handlers: [handler] });
      await untilBlocked(runner, reason);
      expect(runner.ready).toBe(false);
      expect(await bus.total('dead_letters')).toBe(0);
      await mend();
      await bus.untilRead(40);
      expect(await bus.counts()).toEqual([10, 10, 10, 10]);
      expect(await bus.total('dead_letters')).toBe(0);
      await eventually(() => expect(runner.ready).toBe(true));
    },
  );

  it('is an event of ours that cannot be published, not the message that led to it', async () => {
    const [lead] = leads(1);
    await bus.publish(scored(1, [lead!]));
    const handle = handler.handle.bind(handler);
    handler.handle = async (batch, tx) =>
      (await handle(batch, tx)).map((event) => ({ ...event, data: { ...event.data, handoffId: 'no id' } }));
    const { runner } = await bus.run({ handlers: [handler] });
    await untilBlocked(runner, /handoff\.warned\.v1 cannot be published/);
    expect(await bus.total('dead_letters')).toBe(0);
  });

  it('is a conflict that does not clear', async () => {
    await bus.publish(scored(1, leads(1)));
    handler.fail = () => {
      throw Object.assign(new Error('identity changed meanwhile'), { retryable: true });
    };
    const { runner } = await bus.run({ handlers: [handler] });
    await untilBlocked(runner, /identity changed meanwhile/);
    expect(handler.batches).toBeGreaterThanOrEqual(MAX_CONFLICT_TRIES);
    handler.fail = () => undefined;
    await bus.untilRead(1);
  });

  it('is assumed when too many messages in a row fail in their handlers', async () => {
    await bus.publish(scored(60, leads(60)));
    handler.fail = () => {
      throw Object.assign(new Error('null value in column'), { code: '23502' });
    };
    const { runner } = await bus.run({ handlers: [handler] });
    await untilBlocked(runner, /too many messages in a row failed.*23502/);
    const buried = await bus.total('dead_letters');
    expect(buried).toBeGreaterThanOrEqual(MAX_FAILURES_IN_A_ROW);
    // Concurrent transactions may each have had one under way.
    expect(buried).toBeLessThan(MAX_FAILURES_IN_A_ROW + 4);
    handler.fail = () => undefined;
    await bus.untilRead(60);
    expect(await bus.total('counts')).toBe(60 - buried);
  });
});

describe('a transient fault', () => {
  it('is retried, and nothing is dead-lettered', async () => {
    let failures = 3;
    handler.fail = () => {
      if (failures-- > 0) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    };
    await bus.run({ handlers: [handler] });
    await bus.publish(scored(10, leads(2)));
    await eventually(async () => expect(await bus.counts()).toEqual([5, 5]));
    expect(handler.batches).toBeGreaterThan(3);
    expect(await bus.total('dead_letters')).toBe(0);
  });
});

describe('a broken input', () => {
  it('is found by halving, and becomes a dead letter alone', async () => {
    const all = leads(40);
    const bad = all[17]!;
    handler.fail = (batch) => {
      if (batch.some(({ subject }) => subject === bad)) throw new InputFault('this currency does not exist');
    };
    await bus.publish(scored(80, all));
    const { runner } = await bus.run({ handlers: [handler] });
    await bus.untilRead(80);
    expect(await bus.counts()).toEqual(Array(39).fill(2));
    expect(await bus.admin.deadLetters({ limit: 10 })).toEqual([
      expect.objectContaining({
        reason: expect.stringMatching(/InputFault: this currency/),
        state: 'waiting',
      }),
      expect.objectContaining({ type: 'lead.scored.v1', tries: 1 }),
    ]);
    expect(runner.ready).toBe(true);
  });

  it('that cannot be read becomes a dead letter while its neighbours are handled', async () => {
    const [lead] = leads(1);
    await bus.run({ handlers: [handler] });
    await bus.publish(scored(1, [lead!]));
    const headers = { ce_type: 'lead.scored.v1', ce_id: '1', ce_source: '/x' };
    await bus.raw('leads', { key: lead!, value: 'rubbish', headers }, { value: Buffer.from([0, 255, 0]) });
    await bus.publish(scored(3, [lead!]).slice(1));
    await bus.untilRead(5);
    expect(await bus.counts()).toEqual([3]);
    const letters = await bus.admin.deadLetters({ limit: 10 });
    expect(letters.map(({ reason }) => reason).sort()).toEqual([
      'the value is not JSON',
      'the value is not JSON',
    ]);
    const whole = await bus.admin.deadLetter(letters.find(({ size }) => size === 3)!.id);
    expect(Buffer.from(whole!.value!, 'base64')).toEqual(Buffer.from([0, 255, 0]));
  });

  it('in thousands of large records is dead-lettered whole, without ever stopping the reader', async () => {
    const { runner } = await bus.run({ handlers: [handler] });
    const records = Array.from({ length: 500 }, () => ({
      value: Buffer.alloc(2_048, Math.random().toString(36)),
    }));
    for (let sent = 0; sent < 3_000; sent += records.length) await bus.raw('leads', ...records);
    await bus.publish(scored(1, leads(1)));
    await bus.untilRead(3_001);
    expect(await bus.total('dead_letters')).toBe(3_000);
    expect(runner.ready).toBe(true);
  });
});

describe('an event of a type that nobody knows yet', () => {
  const future = { value: '{}', headers: { ce_type: 'lead.promoted.v1', ce_id: '1', ce_source: '/scoring' } };

  it('is passed by', async () => {
    await bus.run({ handlers: [handler] });
    await bus.raw('leads', future);
    await bus.untilRead(1);
    expect(await bus.total('dead_letters')).toBe(0);
  });

  it('stops a reader that has to know it', async () => {
    const { runner } = await bus.run({ handlers: [handler], unknownEvents: 'stop' });
    await bus.raw('leads', future);
    await untilBlocked(runner, /does not know the event type lead\.promoted\.v1; deploy the version/);
    expect(await bus.total('dead_letters')).toBe(0);
  });
});
