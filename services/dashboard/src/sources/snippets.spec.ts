import { describe, expect, it } from '@jest/globals';
import { ADDRESS_PLACEHOLDER, KEY_PLACEHOLDER, snippetsOf, type Snippet } from './snippets.js';

const known = { address: 'https://in.example', formId: 'ask-us', writeKey: 'wk_1' };
const codeOf = (snippets: readonly Snippet[], id: Snippet['id']): string =>
  snippets.find((snippet) => snippet.id === id)!.code;

describe('the code to paste', () => {
  it('has the address, the form and the key of the source', () => {
    const snippets = snippetsOf(known);
    expect(codeOf(snippets, 'form')).toContain('action="https://in.example/f/ask-us" method="post"');
    expect(codeOf(snippets, 'browser')).toContain(`writeKey: 'wk_1',\n  cdnURL: 'https://in.example',\n});`);
    expect(codeOf(snippets, 'node')).toContain(`writeKey: 'wk_1',\n  host: 'https://in.example',\n});`);
    expect(codeOf(snippets, 'curl')).toContain(`curl https://in.example/v1/track \\\n  -u 'wk_1:'`);
  });

  it('asks for consent and has a field that only robots fill in', () => {
    const form = codeOf(snippetsOf(known), 'form');
    expect(form).toContain('type="checkbox" name="newsletter"');
    expect(form).toContain('name="_gotcha" tabindex="-1"');
  });

  it.each(['browser', 'node', 'curl'] as const)('has placeholders for what is not known: %s', (id) => {
    const code = codeOf(snippetsOf({ address: undefined, formId: undefined, writeKey: undefined }), id);
    expect(code).toContain(ADDRESS_PLACEHOLDER);
    expect(code).toContain(KEY_PLACEHOLDER);
  });

  it('never has a key in the form, which every visitor can read', () => {
    expect(
      snippetsOf(known)
        .filter(({ code }) => !code.includes('wk_1'))
        .map(({ id }) => id),
    ).toEqual(['form']);
    expect(
      snippetsOf(known)
        .filter(({ needsKey }) => !needsKey)
        .map(({ id }) => id),
    ).toEqual(['form']);
  });

  it('keeps a path below which a proxy has ingestion', () => {
    const snippets = snippetsOf({ ...known, address: 'https://example.com/events' });
    expect(codeOf(snippets, 'form')).toContain('action="https://example.com/events/f/ask-us"');
    expect(codeOf(snippets, 'browser')).toContain(`'Segment.io': { apiHost: 'example.com/events/v1' }`);
    expect(codeOf(snippets, 'node')).toContain(`host: 'https://example.com',\n  path: '/events/v1/batch',`);
  });
});
