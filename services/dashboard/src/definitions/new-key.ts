/** A key that no other item has, such as `rule-3`. */
export const newKey = (prefix: string, items: readonly { readonly key: string }[]): string => {
  const taken = new Set(items.map(({ key }) => key));
  let number = items.length + 1;
  while (taken.has(`${prefix}-${number}`)) number += 1;
  return `${prefix}-${number}`;
};
