export const built = 'built';
