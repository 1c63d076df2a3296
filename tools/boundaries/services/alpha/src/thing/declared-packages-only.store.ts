import leftPad from 'left-pad-that-nobody-declared';
export const pad = leftPad;
