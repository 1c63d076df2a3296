import { memoized } from '@baton/contracts';
import parsePhoneNumber, { isSupportedCountry } from 'libphonenumber-js/min';

/**
 * A phone number in E.164 (`+442071838750`), so that two spellings of a number are one. Without a country code in the number or a
 * country (ISO 3166, two letters) the text stays as given: a guess would call somebody else.
 */
export const phoneOf = (given: string, country: unknown): string => {
  const code = typeof country === 'string' ? country.trim().toUpperCase() : '';
  return parsed(`${isSupportedCountry(code) ? code : ''}|${given}`);
};

const INTERNATIONAL = /^\+\d{7,15}(?: ext\. \d{1,10})?$/;
/** What people type who do not want to be called. */
const MADE_UP = /(\d)\1{5}|123456|987654|55501\d\d$/;

/** A number of {@link phoneOf} that identifies who is called; undefined for one without a country code, and one that nobody has. */
export const callableOf = (phone: unknown): string | undefined =>
  typeof phone === 'string' && INTERNATIONAL.test(phone) && !MADE_UP.test(phone) ? phone : undefined;

const parsed = memoized((key) => {
  const [code = '', given = ''] = [key.slice(0, key.indexOf('|')), key.slice(key.indexOf('|') + 1)];
  const international = given.normalize('NFKC').trim().replace(/^00/, '+');
  const number = parsePhoneNumber(international, isSupportedCountry(code) ? code : undefined);
  return number?.isPossible() === true ? number.number + (number.ext ? ` ext. ${number.ext}` : '') : given;
});
