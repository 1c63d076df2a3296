import { randomUUID } from 'node:crypto';
import type { EventContract } from '@baton/contracts';

/** Fields to replace; `undefined` removes an optional one. */
export type Overrides<Data> = { readonly [Field in keyof Data]?: Data[Field] | undefined };

/**
 * The contract's example with some fields replaced (not merged) and a new UUID in each of the fields named last:
 * `eventOf(LeadScored, { modelId: 'scoring-model-2' }, 'leadId')`.
 */
export const eventOf = <Data extends object>(
  contract: EventContract<string, Data>,
  overrides: Overrides<Data> = {},
  ...fresh: readonly (keyof Data & string)[]
): Data => {
  const data: Record<string, unknown> = structuredClone({ ...contract.example, ...overrides });
  for (const field of fresh) data[field] = randomUUID();
  for (const [field, value] of Object.entries(data)) if (value === undefined) delete data[field];
  return data as Data;
};
