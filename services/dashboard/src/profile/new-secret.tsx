import { Code, Group, Stack, Text } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.js';
import { Loading } from '../ui/states.js';

// A second factor is set up once: the encoder is not part of the page.
const QrCode = lazy(() => import('../ui/qr-code.js').then((code) => ({ default: code.QrCode })));

/** The secret for an authenticator app, as QR code and as text. */
export const NewSecret = ({ secret, uri }: { secret: string; uri: string }): ReactNode => (
  <Stack gap="sm" align="flex-start">
    <Text size="sm">Scan this with an authenticator app, or type the key into it.</Text>
    <Suspense fallback={<Loading lines={2} />}>
      <QrCode text={uri} label="QR code with the key" />
    </Suspense>
    <Group gap="sm">
      <Code style={{ overflowWrap: 'anywhere' }}>{secret.match(/.{4}/g)?.join(' ')}</Code>
      <CopyButton text={secret} what="the key" />
    </Group>
  </Stack>
);
