import type { ReactNode } from 'react';

/** Baton's logo; decorative, since its name is beside it. */
export const Logo = ({ size = 28 }: { size?: number }): ReactNode => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
    <rect width="32" height="32" rx="8" fill="var(--mantine-color-pine-7)" />
    <g transform="rotate(-38 16 16)">
      <rect x="4.5" y="12.6" width="23" height="6.8" rx="3.4" fill="#fff" />
      <rect x="12" y="12.6" width="3" height="6.8" fill="var(--mantine-color-pine-7)" />
      <rect x="17" y="12.6" width="3" height="6.8" fill="var(--mantine-color-pine-7)" />
    </g>
  </svg>
);
