import type { ReactNode } from 'react';
import { encode } from 'uqr';

/** Modules of white around the code, as the standard requires (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** A text as a QR code; black on white in both colour schemes, since not all apps read an inverted one. */
export const QrCode = ({ text, label }: { text: string; label: string }): ReactNode => {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width={220}
      height={220}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};
