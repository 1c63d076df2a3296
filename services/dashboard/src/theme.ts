import { createTheme, Modal, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#ecf8f5',
  '#d6efe8',
  '#aaded0',
  '#7bccb7',
  '#52bca1',
  '#33a98c',
  '#1f9078',
  '#0f7562',
  '#0a5c4d',
  '#05443a',
];
const dark: MantineColorsTuple = [
  '#e6ebe9',
  '#c3cbc8',
  '#9aa6a1',
  '#5b6863',
  '#36413d',
  '#25302c',
  '#1a2320',
  '#111816',
  '#0c1210',
  '#070b0a',
];

/** System fonts only: no requests to other hosts. */
const SANS =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

export const theme = createTheme({
  colors: { pine, dark },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.75rem', sm: '0.84rem', md: '0.94rem', lg: '1.06rem', xl: '1.25rem' },
  headings: { fontFamily: SANS, fontWeight: '650' },
  components: {
    // The library's scroll lock writes styles that the content security policy refuses; global.css locks instead.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, closeButtonProps: { 'aria-label': 'Close' } },
      styles: { title: { fontWeight: 650, fontSize: '1.06rem', lineHeight: 1.3 } },
    }),
  },
  black: '#17211e',
});
