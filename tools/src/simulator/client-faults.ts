import type { SeededRandom } from './seeded-random.js';
import type { Step } from './visit.js';

const HOUR_MS = 3_600_000;

/**
 * Adds duplicates (a client that missed the response sends the message again) and late messages (a phone that was offline
 * for hours). Neither may change the resulting lead.
 */
export const withClientFaults = (steps: readonly Step[], random: SeededRandom): Step[] =>
  steps.flatMap((step) => {
    const late = step.request.to === 'api' && random.boolean(0.03);
    const sent: Step =
      late && step.request.to === 'api'
        ? { ...step, request: { ...step.request, lateBy: random.between(HOUR_MS, 36 * HOUR_MS) } }
        : step;
    return random.boolean(0.04)
      ? [sent, { delayMs: random.between(50, 2_000), request: sent.request }]
      : [sent];
  });
