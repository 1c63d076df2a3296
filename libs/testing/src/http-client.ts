export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed for a JSON content type, else the text. */
  readonly body: any;
}

export interface HttpClient {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends an object as JSON, text and bytes (`Uint8Array`) unchanged. */
  post(path: string, body?: object | string, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body: object | string, headers?: Record<string, string>): Promise<Answer>;
  delete(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** A client with additional headers, such as credentials. */
  with(headers: Record<string, string>): HttpClient;
}

/** A client of one server. Neither throws for a status nor follows redirects. */
export const httpClient = (base: string, common: Record<string, string> = {}): HttpClient => {
  const send = async (
    method: string,
    path: string,
    body?: object | string,
    headers: Record<string, string> = {},
  ) => {
    const json = isJson(body) ? { 'content-type': 'application/json' } : {};
    const response = await fetch(new URL(path, base), {
      method,
      redirect: 'manual',
      headers: { ...json, ...common, ...headers },
      ...(body === undefined ? {} : { body: isJson(body) ? JSON.stringify(body) : body }),
    });
    return { status: response.status, headers: response.headers, body: await bodyOf(response) };
  };
  return {
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
    put: (path, body, headers) => send('PUT', path, body, headers),
    delete: (path, headers) => send('DELETE', path, undefined, headers),
    with: (headers) => httpClient(base, { ...common, ...headers }),
  };
};

/** Text and bytes are sent as they are. */
const isJson = (body: object | string | undefined): body is object =>
  typeof body === 'object' && !(body instanceof Uint8Array);

const bodyOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '') && text !== '';
  return isJson ? JSON.parse(text) : text;
};
