export const example = 'example';
