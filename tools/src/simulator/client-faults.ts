import type { Random } from './seeded-random.js';
import type { Step } from './visit.js';

const hour = 3_600_000;

/**
 * What goes wrong on the way: a client that did not see the answer sends the same message again, a phone without a
 * connection sends hours late. None of it may change what is known of a lead.
 */
export const withMishaps = (steps: readonly Step[], random: Random): Step[] =>
  steps.flatMap((step) => {
    const late = step.send.to === 'api' && random.chance(0.03);
    const sent: Step =
      late && step.send.to === 'api'
        ? { ...step, send: { ...step.send, lateBy: random.between(hour, 36 * hour) } }
        : step;
    return random.chance(0.04) ? [sent, { after: random.between(50, 2_000), send: sent.send }] : [sent];
  });
