import { Button, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  children: ReactNode;
}

/**
 * Shows a message instead of an empty screen for a page that failed to render, or whose code could not be fetched (after an
 * update of the server, or without a connection).
 */
export class ErrorBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert" style={{ padding: 32 }}>
        <Title order={1} size="h3">
          This page could not be shown
        </Title>
        <Text mt="xs" mb="md">
          Baton may have been updated, or the connection is away. Nothing that you saved is lost.
        </Text>
        <Button onClick={() => location.reload()}>Load it again</Button>
      </div>
    );
  }
}
