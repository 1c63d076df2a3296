/** A request that is valid but exceeds what a model can compute; `pointer` is a JSON Pointer into the request. */
export class AttributionRefused extends Error {
  override readonly name = 'AttributionRefused';

  constructor(
    readonly pointer: string,
    readonly detail: string,
  ) {
    super(`${pointer} ${detail}`);
  }
}
