/** One violation of a schema or rule in a JSON value. Never quotes the value at fault: it may be personal data. */
export interface Violation {
  /** JSON Pointer (RFC 6901) from the root of the value; empty for the root itself. */
  readonly pointer: string;
  readonly detail: string;
}

/** The JSON Pointer of the member `name` of the value at `pointer`. */
export const childPointer = (pointer: string, name: string | number): string =>
  `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
