/** A key as words: `companySize` and `company_size` become `Company size`; what is words already stays as it is. */
export const wordsOf = (key: string): string => {
  if (/\s/.test(key)) return key.charAt(0).toUpperCase() + key.slice(1);
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
