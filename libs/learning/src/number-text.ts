/** How the numbers of a column are written. */
export type DecimalMark = '.' | ',';

const FORMS = {
  '.': /^[+-]?(\d+|\d{1,3}(,\d{3})+|\d{1,3}([ '’\u00a0\u202f]\d{3})+)?(\.\d*)?(e[+-]?\d+)?$/i,
  ',': /^[+-]?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}([ '’\u00a0\u202f]\d{3})+)?(,\d*)?(e[+-]?\d+)?$/i,
} as const;
const UNITS = /^[$€£¥]\s*|\s*([$€£¥%]|EUR|USD|GBP|CHF)$/gi;

/** The number a text stands for, without a currency or percent sign; undefined for other texts. Codes such as 00123 are texts. */
export const numberOf = (text: string, mark: DecimalMark): number | undefined => {
  const bare = text.replace(/^([+-])\s*/, '$1').replace(UNITS, '');
  if (!/\d/.test(bare) || /^[+-]?0\d/.test(bare) || /^\+\d{7}/.test(bare) || !FORMS[mark].test(bare))
    return undefined;
  const grouped = mark === '.' ? /[, '’\u00a0\u202f]/g : /[. '’\u00a0\u202f]/g;
  const value = Number(bare.replaceAll(grouped, '').replace(',', '.'));
  return Number.isFinite(value) ? value : undefined;
};

/** The mark with which most texts are numbers; the point when both have as many. */
export const decimalMarkOf = (texts: readonly string[]): DecimalMark => {
  const count = (mark: DecimalMark): number =>
    texts.filter((text) => numberOf(text, mark) !== undefined).length;
  // `1,234` and `1.234` are numbers with either mark: those that are with one only decide.
  return count(',') > count('.') ? ',' : '.';
};
