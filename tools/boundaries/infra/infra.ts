export const infra = 'infra';
