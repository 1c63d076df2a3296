import { describe, expect, it } from '@jest/globals';
import { responseHeaders, requestHeaders } from './forwarded-headers.js';

describe('the headers of a forwarded request', () => {
  it('are those on the list, and none of the caller about itself', () => {
    const sent = {
      accept: 'application/json',
      authorization: 'Bearer theirs',
      cookie: 'baton_session=secret',
      'content-type': 'application/json',
      'last-event-id': '7',
      'x-forwarded-for': '10.0.0.1',
      'x-user-id': 'admin',
      te: 'trailers',
    };
    expect(requestHeaders(sent, { authorization: 'Bearer ours', traceparent: undefined })).toEqual({
      accept: 'application/json',
      authorization: 'Bearer ours',
      'content-type': 'application/json',
      'last-event-id': '7',
    });
  });

  it('continue the trace of the request', () => {
    const traced = (traceparent: string | undefined) =>
      requestHeaders({ traceparent: 'theirs' }, { authorization: 'Bearer ours', traceparent });
    expect(traced('ours')).toEqual({ authorization: 'Bearer ours', traceparent: 'ours' });
    expect(traced(undefined)).toEqual({ authorization: 'Bearer ours', traceparent: 'theirs' });
  });
});

it('the headers of a response have neither cookies nor hop-by-hop headers', () => {
  const answered = {
    'content-type': 'text/plain',
    'set-cookie': ['baton_session=theirs'],
    connection: 'close, X-Internal',
    'x-internal': '1',
    'keep-alive': 'timeout=5',
    'retry-after': '2',
  };
  expect(responseHeaders(answered)).toEqual({ 'content-type': 'text/plain', 'retry-after': '2' });
});
