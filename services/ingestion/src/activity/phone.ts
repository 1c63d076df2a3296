import parsePhoneNumber, { isSupportedCountry } from 'libphonenumber-js/min';
import { memoized } from './memo.js';

/**
 * A phone number in E.164 (`+442071838750`), so that two spellings of a number are one. Without a country code in the number or a
 * country (ISO 3166, two letters) the text stays as given: a guess would call somebody else.
 */
export const phoneOf = (given: string, country: unknown): string => {
  const code = typeof country === 'string' ? country.trim().toUpperCase() : '';
  return parsed(`${isSupportedCountry(code) ? code : ''}|${given}`);
};

const parsed = memoized((key) => {
  const [code = '', given = ''] = [key.slice(0, key.indexOf('|')), key.slice(key.indexOf('|') + 1)];
  const international = given.normalize('NFKC').trim().replace(/^00/, '+');
  const number = parsePhoneNumber(international, isSupportedCountry(code) ? code : undefined);
  return number?.isPossible() === true ? number.number + (number.ext ? ` ext. ${number.ext}` : '') : given;
});
