const ROW_NUMBER = /^[1-9]\d{0,17}$/;

/** True for the number of a row as text: a positive integer that PostgreSQL's bigint can hold. */
export const isRowNumber = (value: unknown): value is string =>
  typeof value === 'string' && ROW_NUMBER.test(value);
