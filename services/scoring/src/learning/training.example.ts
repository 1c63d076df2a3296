import type { Example } from './training.js';

/** Hand-offs, one an hour, with the given effects on the log odds of acceptance; equal arguments give equal ones. */
export const examplesLike = (
  count: number,
  effects: { readonly pages: number; readonly industry: number },
  from = 0,
): Example[] => {
  let state = 12_345 + from;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return ((state >> 8) % 100_003) / 100_003;
  };
  return Array.from({ length: count }, (_, i) => {
    const [pages, machines] = [Math.floor(random() * 10), random() < 0.5];
    const logOdds =
      (effects.pages * (pages - 4.5)) / 3 + (machines ? effects.industry : -effects.industry) / 2;
    return {
      facts: {
        'rule pages': pages,
        industry: machines ? 'machines' : 'retail',
        noise: Math.round(random() * 100),
      },
      label: random() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0,
      at: Date.UTC(2026, 0, 1) + (from + i) * 3_600_000,
    };
  });
};
