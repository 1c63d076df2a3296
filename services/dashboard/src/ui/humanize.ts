/** A key as text: `companySize` and `company_size` become `Company size`; text with spaces is only capitalised. */
export const humanize = (key: string): string => {
  if (/\s/.test(key)) return key.charAt(0).toUpperCase() + key.slice(1);
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
