export { wire } from '../../../../libs/wire/src/wire.js';
