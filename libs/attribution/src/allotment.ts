/**
 * Divides `total` units in proportion to `shares` by the method of the largest remainder (Hamilton): the parts are integers, differ from
 * the exact proportion by less than one unit, and their sum is the total. Of equal remainders the first gets the unit. A share of zero
 * gets nothing. All parts are zero when all shares are.
 */
export const allotted = (shares: Float64Array, total: number): Float64Array => {
  const parts = new Float64Array(shares.length);
  const sum = shares.reduce((so, share) => so + share, 0);
  if (sum === 0 || total === 0) return parts;
  const remainders: { readonly index: number; readonly remainder: number }[] = [];
  let rest = total;
  for (const [index, share] of shares.entries()) {
    if (share === 0) continue;
    const exact = share * (total / sum);
    parts[index] = Math.floor(exact);
    rest -= parts[index];
    remainders.push({ index, remainder: exact - parts[index] });
  }
  remainders.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (let i = 0; rest > 0; i = (i + 1) % remainders.length, rest -= 1) parts[remainders[i]!.index]! += 1;
  // Rounding of doubles can give the floors one unit more than there is.
  for (let i = remainders.length - 1; rest < 0; i = (i || remainders.length) - 1) {
    const { index } = remainders[i]!;
    if (parts[index] === 0) continue;
    parts[index]! -= 1;
    rest += 1;
  }
  return parts;
};
