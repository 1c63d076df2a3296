/** Something wrong at a place: `path` is a JSON Pointer (RFC 6901) from the document's root. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** The path of what is called `name` in what stands at `path`. */
export const below = (path: string, name: string | number): string =>
  `${path}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
