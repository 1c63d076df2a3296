/** 2^27 + 1: splits the 53 bits of a double into two halves. */
const SPLITTER = 134_217_729;

/**
 * Sums of products of doubles, kept with twice the digits of a double: the error of each product and of each addition is computed exactly
 * (Dekker 1971, "A floating-point technique for extending the available precision") and added up beside the sum. So a sum, rounded to a
 * double, does not depend on the order of its terms.
 */
export class ExactSums {
  private readonly high: Float64Array;
  private readonly low: Float64Array;

  constructor(length: number) {
    this.high = new Float64Array(length);
    this.low = new Float64Array(length);
  }

  /** Adds `a · b` to a sum. Both must be below 2^996 in amount. */
  add(index: number, a: number, b: number): void {
    const product = a * b;
    const [aHigh, bHigh] = [upperHalf(a), upperHalf(b)];
    const [aLow, bLow] = [a - aHigh, b - bHigh];
    const productError = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
    const before = this.high[index]!;
    const sum = before + product;
    const added = sum - before;
    const sumError = before - (sum - added) + (product - added);
    this.high[index] = sum;
    this.low[index]! += sumError + productError;
  }

  toArray(): Float64Array {
    return this.high.map((high, index) => high + this.low[index]!);
  }
}

const upperHalf = (number: number): number => {
  const scaled = SPLITTER * number;
  return scaled - (scaled - number);
};
