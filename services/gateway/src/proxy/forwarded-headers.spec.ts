import { describe, expect, it } from '@jest/globals';
import { responseHeaders, requestHeaders } from './forwarded-headers.js';

describe('what a service gets', () => {
  it('is what it needs and nothing the caller says of itself', () => {
    const sent = {
      accept: 'application/json',
      authorization: 'Bearer ours',
      cookie: 'baton_session=secret',
      'content-type': 'application/json',
      'last-event-id': '7',
      'x-forwarded-for': '10.0.0.1',
      'x-user-id': 'admin',
      te: 'trailers',
    };
    expect(requestHeaders(sent, undefined)).toEqual({
      accept: 'application/json',
      authorization: 'Bearer ours',
      'content-type': 'application/json',
      'last-event-id': '7',
    });
  });

  it("goes on in the request's own trace", () => {
    expect(requestHeaders({ traceparent: 'theirs' }, 'ours')).toEqual({ traceparent: 'ours' });
    expect(requestHeaders({ traceparent: 'theirs' }, undefined)).toEqual({ traceparent: 'theirs' });
  });
});

it('an answer carries on neither cookies nor what was meant for one hop', () => {
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
