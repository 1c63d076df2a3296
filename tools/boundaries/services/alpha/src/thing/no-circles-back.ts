import type { There } from './no-circles.js';
export type Back = There[];
