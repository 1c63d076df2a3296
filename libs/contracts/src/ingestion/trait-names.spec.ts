import { describe, expect, it } from '@jest/globals';
import { traitNamed } from './trait-names.js';

describe('a field', () => {
  it.each([
    ['email-1', 'email'],
    ['q3_email3', 'email'],
    ['txtEmail', 'email'],
    ['mce-EMAIL', 'email'],
    ['et_pb_contact_email_0', 'email'],
    ['tx_form_formframework[contact-1][email-1]', 'email'],
    ['メールアドレス', 'email'],
    ['Электронная почта', 'email'],
    ['name-1', 'name'],
    ['Ihr Name', 'name'],
    ['q4_name[first]', 'firstName'],
    ['billing_phone', 'phone'],
    ['Unternehmensgröße', 'employees'],
    ['Anzahl der Mitarbeiter', 'employees'],
    ['How many employees does your company have?', 'employees'],
    ['会社名', 'company'],
  ])('called %s is the trait %s', (field, trait) => {
    expect(traitNamed(field)).toBe(trait);
  });

  it.each([
    'form-name',
    'message-1',
    'product[name]',
    'campaign.name1',
    'lead_source',
    'input_3',
    'q5',
    '1',
    '',
    'field',
  ])('called %p is none', (field) => {
    expect(traitNamed(field)).toBeUndefined();
  });
});
