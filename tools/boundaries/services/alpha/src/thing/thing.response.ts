export const response = 'response';
