/** Injectable: the OpenAPI document of the service, generated at the first call. */
export class ApiDocument {
  private document: Promise<object> | undefined;

  constructor(private readonly generate: () => Promise<object>) {}

  read(): Promise<object> {
    return (this.document ??= this.generate());
  }
}
