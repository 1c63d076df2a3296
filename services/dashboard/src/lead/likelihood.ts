/** A probability for people: never 0 % or 100 %, which no open lead has. */
export const percentOf = (probability: number): string => {
  const percent = Math.round(probability * 100);
  if (percent < 1) return 'below 1 %';
  return percent > 99 ? 'above 99 %' : `${percent} %`;
};
