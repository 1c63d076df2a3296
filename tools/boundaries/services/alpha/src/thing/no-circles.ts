import type { Back } from './no-circles-back.js';
export type There = Back | null;
