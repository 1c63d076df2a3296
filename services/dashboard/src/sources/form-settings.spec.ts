import { describe, expect, it } from '@jest/globals';
import { formRequestOf, hostsIn, idOf, withField } from './form-settings.js';

const settings = {
  name: 'Ask us',
  redirectTo: null,
  allowedRedirects: ['engines.example'],
  mapping: { shoe: 'ignored', input_3: 'email' },
};

describe('the settings of a form', () => {
  it('keep everything else when a field is mapped', () => {
    expect(withField(settings, 'size', 'employees')).toEqual({
      ...settings,
      mapping: { shoe: 'ignored', input_3: 'email', size: 'employees' },
    });
    expect(withField(settings, 'shoe', 'property').mapping).toEqual({ shoe: 'property', input_3: 'email' });
    expect(withField(settings, 'shoe', undefined).mapping).toEqual({ input_3: 'email' });
    expect(withField(settings, 'never-mapped', undefined)).toEqual(settings);
  });

  it('may map a field of any name', () => {
    expect(withField(settings, '__proto__', 'email').mapping).toEqual({
      ...settings.mapping,
      ['__proto__']: 'email',
    });
  });

  it('leave out a redirect that there is not, which is the default', () => {
    expect(formRequestOf(settings)).toEqual({
      name: 'Ask us',
      allowedRedirects: ['engines.example'],
      mapping: settings.mapping,
    });
    expect(formRequestOf({ ...settings, redirectTo: 'https://engines.example/' })).toMatchObject({
      redirectTo: 'https://engines.example/',
    });
  });

  it.each([
    ['', []],
    [
      ' engines.example, www.engines.example\nshop.example:8443 ',
      ['engines.example', 'www.engines.example', 'shop.example:8443'],
    ],
    ['https://Engines.example/thanks engines.example', ['engines.example']],
    ['ENGINES.example', ['engines.example']],
  ])('hosts in %j', (text, hosts) => {
    expect(hostsIn(text)).toEqual(hosts);
  });

  it.each([
    ['Web site (DE)', 'web-site-de'],
    ['  Größe & Café ', 'gro-e-cafe'],
    ['---', ''],
    ['x'.repeat(80), 'x'.repeat(64)],
    [`${'x'.repeat(63)} y`, 'x'.repeat(63)],
  ])('the id of %j', (name, id) => {
    expect(idOf(name)).toBe(id);
  });
});
