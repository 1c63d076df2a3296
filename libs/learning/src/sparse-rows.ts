/** A matrix of which most cells are zero, row after row (compressed sparse rows). */
export interface SparseRows {
  /** Index of the first cell of each row, and of the end. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  /** Columns of the matrix. */
  readonly width: number;
}

/** Collects cells row by row: `add` for each cell, `endRow` after the last one of a row. Zeros are not kept. */
export class SparseRowsBuilder {
  private columns: Int32Array;
  private values: Float64Array;
  private readonly starts: Int32Array;
  private cells = 0;
  private row = 0;

  constructor(
    rows: number,
    private readonly width: number,
  ) {
    this.starts = new Int32Array(rows + 1);
    this.columns = new Int32Array(rows * 8);
    this.values = new Float64Array(rows * 8);
  }

  add(column: number, value: number): void {
    if (value === 0) return;
    if (this.cells === this.columns.length) this.grow();
    this.columns[this.cells] = column;
    this.values[this.cells] = value;
    this.cells += 1;
  }

  endRow(): void {
    this.row += 1;
    this.starts[this.row] = this.cells;
  }

  build(): SparseRows {
    return {
      starts: this.starts,
      columns: this.columns.subarray(0, this.cells),
      values: this.values.subarray(0, this.cells),
      width: this.width,
    };
  }

  private grow(): void {
    const size = Math.max(64, this.cells * 2);
    const [columns, values] = [new Int32Array(size), new Float64Array(size)];
    columns.set(this.columns);
    values.set(this.values);
    this.columns = columns;
    this.values = values;
  }
}

/** The rows from `from` up to but without `to`; shares their cells. */
export const rowsBetween = (rows: SparseRows, from: number, to: number): SparseRows => ({
  ...rows,
  starts: rows.starts.subarray(from, to + 1),
});

/** Product with a vector: one sum per row, written to `sums`. */
export const multiply = (rows: SparseRows, vector: Float64Array, sums: Float64Array): void => {
  const { starts, columns, values } = rows;
  for (let row = 0; row < sums.length; row += 1) {
    let sum = 0;
    for (let cell = starts[row]!; cell < starts[row + 1]!; cell += 1)
      sum += values[cell]! * vector[columns[cell]!]!;
    sums[row] = sum;
  }
};

/** Product of the transposed matrix with a vector of one number per row, added to `sums`, one per column. */
export const addTransposed = (rows: SparseRows, vector: Float64Array, sums: Float64Array): void => {
  const { starts, columns, values } = rows;
  for (let row = 0; row < vector.length; row += 1) {
    const factor = vector[row]!;
    if (factor === 0) continue;
    for (let cell = starts[row]!; cell < starts[row + 1]!; cell += 1)
      sums[columns[cell]!]! += values[cell]! * factor;
  }
};

/** As `addTransposed`, of the squares of the cells. */
export const addTransposedSquares = (rows: SparseRows, vector: Float64Array, sums: Float64Array): void => {
  const { starts, columns, values } = rows;
  for (let row = 0; row < vector.length; row += 1)
    for (let cell = starts[row]!; cell < starts[row + 1]!; cell += 1)
      sums[columns[cell]!]! += values[cell]! ** 2 * vector[row]!;
};
