export const tables = 'tables';
