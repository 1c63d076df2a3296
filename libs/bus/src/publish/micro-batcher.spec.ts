import { describe, expect, it } from '@jest/globals';
import { BrokerUnavailable, MicroBatcher, type MicroBatcherOptions } from './micro-batcher.js';

/** A batcher over a send that ends when the test says so. */
const batcher = (options: Partial<MicroBatcherOptions<string>> = {}) => {
  const sends: { items: string[]; succeed: (refused?: string[]) => void; fail: (fault: Error) => void }[] =
    [];
  const send = (items: string[]): Promise<readonly string[]> =>
    new Promise(
      (succeed, fail) => void sends.push({ items, succeed: (refused = []) => succeed(refused), fail }),
    );
  const it = new MicroBatcher<string>({
    send,
    sizeOf: (item) => item.length,
    refusal: (item, index) => new Error(`${item} at ${index} is too large`),
    lingerMs: 0,
    maxItems: 3,
    maxBytes: 100,
    maxQueuedBytes: 1_000,
    ackTimeoutMs: 60_000,
    concurrency: 1,
    ...options,
  });
  const sent = async (count: number) => {
    while (sends.length < count) await new Promise((resolve) => setImmediate(resolve));
    return sends[count - 1]!;
  };
  return { it, sends, sent };
};

describe('a micro-batcher', () => {
  it('lets concurrent callers share one send and resolves each after it', async () => {
    const { it, sends, sent } = batcher();
    const done: string[] = [];
    const callers = ['a', 'b'].map((item) => it.add([item]).then(() => done.push(item)));
    const send = await sent(1);
    expect(send.items).toEqual(['a', 'b']);
    expect(done).toEqual([]);
    send.succeed();
    await Promise.all(callers);
    expect(done).toEqual(['a', 'b']);
    expect(sends).toHaveLength(1);
  });

  it('batches callers while a send is under way and keeps one caller’s items together', async () => {
    const { it, sent } = batcher();
    void it.add(['a']).catch(() => undefined);
    const first = await sent(1);
    void it.add(['b', 'c']).catch(() => undefined);
    void it.add(['d', 'e']).catch(() => undefined);
    first.succeed();
    const second = await sent(2);
    expect(second.items).toEqual(['b', 'c']);
    second.succeed();
    expect((await sent(3)).items).toEqual(['d', 'e']);
  });

  it('fails only the callers of the batch that failed', async () => {
    const { it, sent } = batcher();
    const lost = it.add(['a']);
    const first = await sent(1);
    const kept = it.add(['b']);
    first.fail(new Error('no'));
    await expect(lost).rejects.toThrow('no');
    (await sent(2)).succeed();
    await kept;
  });

  it('refuses what would overfill the queue and takes it again when it has drained', async () => {
    const { it, sent } = batcher({ maxQueuedBytes: 5 });
    const first = it.add(['12345']);
    await expect(it.add(['6'])).rejects.toThrow(BrokerUnavailable);
    (await sent(1)).succeed();
    await first;
    await it.drained();
    void it.add(['6']).catch(() => undefined);
    expect((await sent(2)).items).toEqual(['6']);
  });

  it('rejects a caller after the acknowledgement timeout', async () => {
    const { it } = batcher({ ackTimeoutMs: 5 });
    await expect(it.add(['a'])).rejects.toThrow(/did not acknowledge in time/);
  });

  it('waits longer for a caller whose items take more than one request', async () => {
    const { it, sent } = batcher({ ackTimeoutMs: 5, maxBytes: 1, maxQueuedBytes: 10_000, concurrency: 2 });
    const large = it.add(['x'.repeat(5_000)]);
    const request = await sent(1);
    await expect(it.add(['a'])).rejects.toThrow(/did not acknowledge in time/);
    request.succeed();
    await large;
  });

  it('fails only the caller whose item can never be sent', async () => {
    const { it, sent } = batcher();
    const refused = it.add(['a', 'x']);
    const kept = it.add(['b']);
    (await sent(1)).succeed(['x']);
    await expect(refused).rejects.toThrow('x at 1 is too large');
    await kept;
  });
});
