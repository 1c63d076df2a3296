import { describe, expect, it } from '@jest/globals';
import { refusalText } from './sign-in-refusal.js';

describe('the text of a refused login', () => {
  it('says what to do', () => {
    expect(refusalText('no-role')).toContain('Ask your administrator');
    expect(refusalText('expired')).toContain('Sign in again');
  });

  it.each([null, '', 'invalid', 'constructor', '<img src=x onerror=alert(1)>'])(
    'repeats nothing of the address: %j',
    (reason) => {
      expect(refusalText(reason)).toContain('was not valid');
    },
  );
});
