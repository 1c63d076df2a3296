// violates no-circular-files/any
import type { Two } from './circular-two.js';
export type One = Two | null;
