// violates rules-stay-pure/lib
import type { Tx } from '@baton/bus';
export type Transaction = Tx;
