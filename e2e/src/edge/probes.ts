import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eventually } from '@baton/testing';
import { expect, it } from '@jest/globals';
import type { Edge } from './edge.js';
import { PROBES } from './hostile-input.js';

/** Max resident memory of ingestion after a probe: about three times what it needs idle. */
const MAX_RESIDENT_KB = 450 * 1024;

export const probeTests = (edge: Edge): void => {
  const residentKb = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${edge.local.pids['ingestion']}/status`, 'utf8'))![1]);

  /** Sends one event after another until `until` resolves; the person whose events they are. */
  const otherClient = async (until: Promise<unknown>): Promise<{ email: string; sent: number }> => {
    const email = edge.email('other');
    let pending = true;
    void until.catch(() => undefined).finally(() => (pending = false));
    let sent = 0;
    do {
      const answer = await edge.segment('t', { userId: email, event: 'Signed Up', messageId: randomUUID() });
      expect(answer.status).toBe(200);
      sent += 1;
    } while (pending);
    return { email, sent };
  };

  it.each(PROBES)(
    '$name: refused or taken, while others are served',
    async ({ send, statuses }) => {
      const { pids } = edge.local;
      const probe = send(edge);
      const other = await otherClient(probe);
      for (const status of await probe) expect(statuses).toContain(status);
      await eventually(async () => {
        const { body } = await edge.admin.get(
          `/api/leads/${(await edge.leadOf(other.email)).id}/activities?limit=1`,
        );
        expect(body.items).toHaveLength(1);
      });
      expect(edge.local.pids).toEqual(pids);
      await eventually(() => expect(residentKb()).toBeLessThan(MAX_RESIDENT_KB), { every: 200 });
    },
    240_000,
  );
};
