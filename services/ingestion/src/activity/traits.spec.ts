import { describe, expect, it } from '@jest/globals';
import { companyTraitsOf, traitsOf } from './traits.js';

describe('traits', () => {
  it('have one name each, however the sender spells them', () => {
    expect(
      traitsOf({
        'E-Mail': ' Ada@Engines.Example ',
        first_name: 'Ada',
        'Last Name': 'King',
        organisation: 'Engines Ltd',
        role: 'Head of Operations',
        'company-size': '51-200',
        Country: 'UK',
        plan: 'pro',
      }),
    ).toEqual({
      email: 'ada@engines.example',
      firstName: 'Ada',
      lastName: 'King',
      company: 'Engines Ltd',
      jobTitle: 'Head of Operations',
      employees: 51,
      country: 'UK',
      plan: 'pro',
    });
  });

  it('prefer the standard spelling, in either order', () => {
    expect(traitsOf({ role: 'b', jobTitle: 'a' })).toEqual({ jobTitle: 'a' });
    expect(traitsOf({ jobTitle: 'a', role: 'b' })).toEqual({ jobTitle: 'a' });
  });

  it("flatten Segment's company and address", () => {
    expect(
      traitsOf({
        company: { name: 'Engines Ltd', employee_count: 250, industry: 'machines', id: 7 },
        address: { country: 'UK', city: 'London' },
      }),
    ).toEqual({
      company: 'Engines Ltd',
      employees: 250,
      industry: 'machines',
      country: 'UK',
      address: { country: 'UK', city: 'London' },
    });
    expect(companyTraitsOf({ name: 'Engines Ltd', employees: '1,000+', plan: 'x' })).toEqual({
      company: 'Engines Ltd',
      employees: 1000,
    });
  });

  it.each([
    ['1-10', 1],
    ['1,000 – 5,000', 1000],
    ['10.000+', 10_000],
    ["1'500", 1500],
    ['> 250', 250],
    [42, 42],
    ['0', 0],
  ])('read the size %p as %p employees', (size, employees) => {
    expect(traitsOf({ employees: size })).toEqual({ employees });
  });

  it('keep a size without a number as text, and tell a salutation from a job title', () => {
    expect(traitsOf({ company_size: 'enterprise', title: 'Mrs.' })).toEqual({
      companySize: 'enterprise',
      salutation: 'Mrs.',
    });
  });

  it('leave out invalid addresses, objects, null and consent', () => {
    expect(
      traitsOf({ email: 'n/a', name: { first: 'Ada' }, phone: null, newsletter: true, company: ' ' }),
    ).toEqual({});
  });

  it('cannot reach the prototype', () => {
    const traits = traitsOf(JSON.parse('{"__proto__": {"admin": true}}') as Record<string, unknown>);
    expect(Object.getPrototypeOf(traits)).toBe(Object.prototype);
    expect('admin' in traits).toBe(false);
  });
});
