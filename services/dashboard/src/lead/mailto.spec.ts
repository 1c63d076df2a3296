import { describe, expect, it } from '@jest/globals';
import { mailtoOf } from './mailto.js';

describe('the link to write to an address', () => {
  it('is the address, where that is a usual one', () => {
    expect(mailtoOf('ada.king@engines.example')).toBe('mailto:ada.king@engines.example');
  });

  it.each([
    'jane@corp.example?bcc=spy%40evil.example',
    'jane@corp.example&cc=spy@evil.example',
    'jane?subject=x@corp.example',
    'jane,spy@corp.example',
    'jane@corp.example#x',
    'jane@corp.example\r\nbcc:spy@evil.example',
    'no address?bcc=x',
    'jane%0abcc@corp.example',
  ])('has one recipient and no headers for %j', (address) => {
    const link = mailtoOf(address);
    expect(link).not.toMatch(/[?&#,;\r\n]/);
    expect(new URL(link).search).toBe('');
    expect(decodeURIComponent(link.slice('mailto:'.length))).toBe(address);
  });
});
