/** A key that no other item has, such as `rule-3`. */
export const newKey = (prefix: string, items: readonly { readonly key: string }[]): string =>
  `${prefix}-${freeNumber(items, (number) => items.some(({ key }) => key === `${prefix}-${number}`))}`;

/** The number for a new item: its place, or the next one that is not taken. */
export const freeNumber = (items: readonly unknown[], isTaken: (number: number) => boolean): number => {
  let number = items.length + 1;
  while (isTaken(number)) number += 1;
  return number;
};
