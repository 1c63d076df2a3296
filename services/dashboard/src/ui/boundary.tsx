import { Button, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  children: ReactNode;
}

/**
 * A page that broke, or whose code could not be fetched (a newer version was installed meanwhile, or the connection is
 * away), says so instead of leaving an empty screen.
 */
export class Boundary extends Component<BoundaryProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
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
