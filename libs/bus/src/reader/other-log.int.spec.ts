import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { CountScores, leads, log, scored, TestBus } from '../bus.example.js';
import { provisionTopics } from '../kafka/topics.js';
import type { ReaderRunner } from './reader-runner.js';

let bus: TestBus;
beforeEach(async () => void (bus = await TestBus.of('routing')));
afterEach(() => bus.stop());

const makeAnew = async (): Promise<void> => {
  await bus.withAdmin((admin, physical) => admin.deleteTopics({ topics: [physical('leads')] }));
  await eventually(async () => {
    await provisionTopics({ ...bus.kafka, log, partitions: 2 });
    await bus.publish(scored(1, leads(1)));
  });
};

const untilStopped = (runner: ReaderRunner): Promise<void> =>
  eventually(() =>
    expect(runner.state).toEqual({
      phase: 'stopped',
      reason: expect.stringMatching(/leads\/\d .*npx baton rewind routing\/leads --to start/),
    }),
  );

describe('a topic made anew below stored positions', () => {
  it.each([
    ['with fewer messages than were read', 2],
    ['with more messages than were read', 60],
  ])('%s stops the reader, which loses nothing of it after a rewind', async (_what, count) => {
    const { stop } = await bus.run({ handlers: [new CountScores()] });
    await bus.publish(scored(20, leads(20)));
    await bus.untilRead(20);
    await stop();
    await makeAnew();
    await bus.publish(scored(count, leads(count)));

    const { runner } = await bus.run({ handlers: [new CountScores()] });
    await untilStopped(runner);
    expect(runner.ready).toBe(false);
    expect(await bus.total('counts')).toBe(20);

    await bus.admin.rewind('leads');
    await bus.untilRead(count + 1);
    expect(await bus.total('counts')).toBe(20 + count + 1);
    await eventually(() => expect(runner.ready).toBe(true));
  });

  it('in another cluster stops the reader too', async () => {
    const { stop } = await bus.run({ handlers: [new CountScores()] });
    await bus.publish(scored(20, leads(20)));
    await bus.untilRead(20);
    await stop();
    await bus.query(`update readers set cluster_id = 'another'`);
    const { runner } = await bus.run({ handlers: [new CountScores()] });
    await eventually(() => expect(runner.state.reason).toMatch(/belong to the Kafka cluster another/));
  });
});
