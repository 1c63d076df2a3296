import type { Violation } from '@baton/contracts';

/** `/paths/3/conversions` as people write it: `paths[3].conversions`. */
const nameOf = (pointer: string): string =>
  pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : `${name}.${part}`));

/** The first of some violations as a sentence, with the number of the others. */
export const sentenceOf = ([first, ...others]: readonly Violation[]): string => {
  const subject = first!.pointer === '' ? 'The request' : `\`${nameOf(first!.pointer)}\``;
  const more = others.length > 0 ? ` ${others.length} more: see \`errors\`.` : '';
  return `${subject} ${first!.detail}.${more}`;
};
