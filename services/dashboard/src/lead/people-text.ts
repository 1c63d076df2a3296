import type { AccountSummary } from '../api/shapes.js';
import { formatCount } from '../ui/count.js';

/** `3 people, 2 engaged`. */
export const peopleText = ({ people, engagedPeople }: AccountSummary): string =>
  `${people === 1 ? '1 person' : `${formatCount(people)} people`}, ${formatCount(engagedPeople)} engaged`;
