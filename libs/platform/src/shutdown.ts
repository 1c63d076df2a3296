/** Injectable; `signal` aborts when the service begins to stop, so that long responses such as streams can end. */
export class Shutdown {
  private readonly controller = new AbortController();

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  begin(): void {
    this.controller.abort();
  }
}
