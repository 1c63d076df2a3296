/** Something wrong at a place: `path` is a JSON Pointer from the document's root. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}
