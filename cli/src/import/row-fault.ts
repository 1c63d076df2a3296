/** Why a row is not imported. Neither `reason` nor `advice` quotes a value: both are printed, and values are personal data. */
export class RowFault extends Error {
  override readonly name = 'RowFault';

  /**
   * @param column empty when the fault is none of a single column
   * @param advice an option that settles it for every row: found in the first rows, nothing is sent without it
   */
  constructor(
    readonly column: string,
    readonly reason: string,
    readonly advice?: string,
  ) {
    super(column === '' ? reason : `${column}: ${reason}`);
  }
}
