import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalStack } from '@baton/testing';

/** The number of live streams that the gateway has open, as its metrics say. */
export const openStreams = async (stack: LocalStack): Promise<number> => {
  const log = await readFile(join(stack.home, 'logs', 'gateway.log'), 'utf8');
  const address = [...log.matchAll(/"managementUrl":"([^"]+)"/g)].at(-1)?.[1];
  if (!address) throw new Error('the gateway has not logged the address of its metrics');
  const metrics = await (await fetch(`${address}/metrics`)).text();
  return Number(/^baton_gateway_live_streams(?:\{.*\})? (\d+)/m.exec(metrics)?.[1] ?? 0);
};
