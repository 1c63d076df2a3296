import { describe, expect, it } from '@jest/globals';
import { faultPage, thanksPage } from './form-page.js';
import { isProgram, isReadByPeople } from './form-sender.js';

describe('the pages of a form', () => {
  it.each([
    ['de-AT,en;q=0.5', 'de', 'Vielen Dank.'],
    ['sv, fr;q=0.9', 'fr', 'Merci.'],
    ['', 'en', 'Thank you.'],
    ['constructor,__proto__', 'en', 'Thank you.'],
    ['tlh', 'en', 'Thank you.'],
  ])('for the languages %j are in %s', (accepted, language, title) => {
    expect(thanksPage(accepted)).toContain(`<html lang="${language}">`);
    expect(thanksPage(accepted)).toContain(`<h1>${title}</h1>`);
  });

  it('say what was wrong and what to do', () => {
    expect(faultPage('email', 'en')).toMatch(/valid e-mail address.*Go back in your browser/);
    expect(faultPage('busy', 'es')).toContain('Inténtelo de nuevo');
    expect(faultPage('page', 'en')).toContain('tell the owner of that page');
  });
});

describe('who reads the response', () => {
  it.each([
    [{ accept: 'text/html,application/xhtml+xml' }, 'a person'],
    [{ accept: 'text/html', 'content-type': 'application/json' }, 'a person'],
    [{ accept: 'application/json' }, 'a program'],
    [{ accept: '*/*', 'content-type': 'application/json' }, 'a program'],
    [{ accept: '*/*', 'sec-fetch-mode': 'cors' }, 'a program'],
    [{ 'x-requested-with': 'XMLHttpRequest' }, 'a program'],
    [{ accept: '*/*' }, 'unknown'],
    [{}, 'unknown'],
  ])('with %j is %s', (headers, reader) => {
    expect([isReadByPeople(headers), isProgram(headers)]).toEqual([
      reader === 'a person',
      reader === 'a program',
    ]);
  });
});
