export const cache = 'cache';
