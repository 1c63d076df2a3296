import type { One } from './circular-one.js';
export type Two = One[];
