export const e2e = 'e2e';
