import { randomUUID } from 'node:crypto';
import type { Received } from '@baton/bus';
import type { EventContract } from '@baton/contracts';

let offset = 0n;

/** A message as handlers receive it, at the next offset of one partition. `message` replaces any member but the data. */
export const received = <Data extends object>(
  contract: EventContract<string, Data>,
  data: Data,
  message: Partial<Omit<Received<Data>, 'contract' | 'data'>> = {},
): Received<Data> => ({
  contract,
  data,
  id: randomUUID(),
  source: contract.producers[0] ?? 'test',
  subject: contract.subject(data),
  time: new Date(),
  position: { topic: contract.topic, partition: 0, offset: offset++ },
  ...message,
});
