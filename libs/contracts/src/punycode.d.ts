// The package has no types; its name alone is Node's deprecated module.
declare module 'punycode/punycode.js' {
  export const toUnicode: (domain: string) => string;
}
