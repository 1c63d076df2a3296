import type { Money } from '../api/shapes.js';

/** ISO 4217 for no currency: the CRM did not say what the deal is worth. */
const UNKNOWN_CURRENCY = 'XXX';

/** An amount with its currency, such as `€12,000`; whole amounts without decimals. */
export const formatMoney = ({ amount, currency }: Money): string =>
  currency === UNKNOWN_CURRENCY
    ? 'amount unknown'
    : new Intl.NumberFormat('en', {
        style: 'currency',
        currency,
        ...(Number.isInteger(amount) && { maximumFractionDigits: 0 }),
      }).format(amount);

/** An amount as people type it, `12,000.50` or `12000`; undefined when it is none. */
export const amountIn = (text: string): number | undefined => {
  const plain = text.trim().replaceAll(/[\s,']/g, '');
  const amount = Number(plain);
  return plain !== '' && amount >= 0 && amount <= 1e12 ? amount : undefined;
};
