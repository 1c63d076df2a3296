/** Headers that tell who reads the response. */
export interface SenderHeaders {
  readonly accept?: string | undefined;
  readonly 'content-type'?: string | undefined;
  readonly 'sec-fetch-mode'?: string | string[] | undefined;
  readonly 'x-requested-with'?: string | string[] | undefined;
}

/** Whether a script reads the response: it asks for JSON, sent JSON, or was sent by `fetch` or XMLHttpRequest. */
export const isProgram = (headers: SenderHeaders): boolean => {
  const { accept = '', 'content-type': type = '' } = headers;
  if (accept.includes('application/json')) return true;
  if (accept.includes('text/html')) return false;
  return (
    type.includes('json') || headers['sec-fetch-mode'] === 'cors' || headers['x-requested-with'] !== undefined
  );
};

/** Whether a browser shows the response to a person. */
export const isReadByPeople = (headers: SenderHeaders): boolean =>
  !isProgram(headers) && headers.accept?.includes('text/html') === true;
