/** Later names contain earlier ones: Edge calls itself Chrome, and Chrome Safari. */
const BROWSERS = [
  ['Edge', /\bEdg(?:A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const;

/** The program of a user agent, in few words: `Chrome`, `Googlebot`, `AcmeBot/2.1`. */
export const programText = (userAgent: string | null): string => {
  if (userAgent === null || userAgent.trim() === '') return 'no user agent';
  const named = /\bcompatible; *([^;/)\s]+)/.exec(userAgent)?.[1];
  if (named !== undefined) return named;
  const browser = BROWSERS.find(([, pattern]) => pattern.test(userAgent))?.[0];
  return (userAgent.startsWith('Mozilla/') ? browser : undefined) ?? userAgent.trim().split(/[\s(]/, 1)[0]!;
};

const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(?:iPhone|iPad|iPod)\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** The program and its system: `Firefox on Windows`. */
export const deviceText = (userAgent: string | null): string => {
  const system = SYSTEMS.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0];
  return system ? `${programText(userAgent)} on ${system}` : programText(userAgent);
};
