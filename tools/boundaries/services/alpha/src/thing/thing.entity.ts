export const entity = 'entity';
