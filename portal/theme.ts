import {
  type ButtonProps,
  type CSSVariablesResolver,
  createTheme,
  type DrawerProps,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
  type NotificationProps,
  rem,
  type SegmentedControlProps,
  type SelectProps,
  type TooltipProps,
} from '@mantine/core'

/*
 * Paper, timber green-blue and a few pigments. The scales step evenly in perceived lightness (OKLCH), so that the same
 * step of two colours weighs the same, and step 6 and darker keep AA contrast on white.
 */
const SCALES = {
  spruce: [
    '#f0faf9',
    '#dff2f1',
    '#c4e6e4',
    '#9fd5d2',
    '#77bebb',
    '#4aa3a0',
    '#1f807d',
    '#0b6d6b',
    '#035855',
    '#02413f',
  ],
  amber: ['#fef6ec', '#fdebd4', '#f9d8b1', '#f1bf81', '#e1a14a', '#c68206', '#996302', '#825403', '#694203', '#4e3101'],
  sky: ['#f1f9fe', '#def1fe', '#c1e3fd', '#9ad0f7', '#70b8ea', '#419bd4', '#1178ae', '#036696', '#025179', '#023c5b'],
  indigo: [
    '#f5f7fe',
    '#e8edfe',
    '#d3ddfe',
    '#b6c6ff',
    '#95aafb',
    '#758be7',
    '#5568c1',
    '#4657a9',
    '#36448b',
    '#27326b',
  ],
  violet: [
    '#f8f6fe',
    '#f0eafe',
    '#e3d6ff',
    '#d2bcfc',
    '#bb9ef0',
    '#a07cdb',
    '#7d5ab5',
    '#6b4a9e',
    '#573982',
    '#412963',
  ],
  plum: ['#fff4fb', '#fee6f5', '#facfea', '#f2b2dc', '#e291c7', '#c96dad', '#a34b89', '#8e3b76', '#742c60', '#581e48'],
  leaf: ['#f0fbf2', '#e0f4e3', '#c5e9cb', '#a2d9ac', '#7ac38a', '#4fa866', '#278445', '#167236', '#075c28', '#00451b'],
  brick: ['#fef5f4', '#ffe8e4', '#ffd2cb', '#ffb3a8', '#fc8a7d', '#e56356', '#bd3e35', '#a52e27', '#88201b', '#681310'],
  gray: ['#fbf9f4', '#f5f2ee', '#e9e7e2', '#dbd9d4', '#c6c4bf', '#a3a19d', '#6e6b67', '#54524e', '#3f3d39', '#262420'],
  dark: ['#dde3e1', '#bcc2c0', '#a6acaa', '#7c8280', '#494e4d', '#363a39', '#272b2a', '#1b201f', '#141817', '#0c100f'],
} as const satisfies Record<string, MantineColorsTuple>

const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", Cantarell, Ubuntu, "Liberation Sans", system-ui, sans-serif'

/**
 * A list to choose from scrolls by itself. The library would put it into a box that scrolls, which the keyboard cannot
 * reach.
 */
const SCROLLING_OPTIONS = {
  defaultProps: { withScrollArea: false } satisfies Partial<SelectProps>,
  styles: { options: { maxHeight: 'min(300px, 50dvh)', overflowY: 'auto' } },
} as const

/** In the middle or at the side. */
const DIALOG = {
  overlayProps: { backgroundOpacity: 0.4, blur: 2 },
  closeButtonProps: { 'aria-label': 'Close' },
} as const
const DIALOG_STYLES = { title: { fontSize: rem(17), fontWeight: 640 } } as const

export const theme = createTheme({
  // The library's own words for its own uses (errors are red, success is teal) mean our scales.
  colors: {
    ...SCALES,
    red: SCALES.brick,
    yellow: SCALES.amber,
    green: SCALES.leaf,
    teal: SCALES.leaf,
    blue: SCALES.sky,
  },
  primaryColor: 'spruce',
  primaryShade: { light: 7, dark: 6 },
  black: '#23211d',
  autoContrast: false,
  fontFamily: FONT,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: rem(12), sm: rem(13.5), md: rem(15), lg: rem(17), xl: rem(20) },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.55', lg: '1.5', xl: '1.4' },
  headings: {
    fontFamily: FONT,
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: rem(26), lineHeight: '1.2' },
      h2: { fontSize: rem(19), lineHeight: '1.3' },
      h3: { fontSize: rem(16), lineHeight: '1.35' },
      h4: { fontSize: rem(14.5), lineHeight: '1.4' },
    },
  },
  radius: { xs: rem(3), sm: rem(6), md: rem(9), lg: rem(13), xl: rem(20) },
  defaultRadius: 'sm',
  shadows: {
    xs: '0 1px 2px rgb(35 33 29 / 6%)',
    sm: '0 1px 3px rgb(35 33 29 / 8%), 0 4px 12px rgb(35 33 29 / 4%)',
    md: '0 2px 6px rgb(35 33 29 / 8%), 0 10px 28px rgb(35 33 29 / 9%)',
    lg: '0 4px 10px rgb(35 33 29 / 9%), 0 18px 44px rgb(35 33 29 / 14%)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Not by the components' own `extend`: with it every page would begin with all of them.
  components: {
    Button: { defaultProps: { fw: 580 } satisfies Partial<ButtonProps> },
    // The placeholder is no item, and so has no place in a menu for whoever hears it.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } satisfies Partial<MenuProps> },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', ...DIALOG } satisfies Partial<ModalProps>,
      styles: DIALOG_STYLES,
    },
    Drawer: { defaultProps: DIALOG satisfies Partial<DrawerProps>, styles: DIALOG_STYLES },
    Notification: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } satisfies Partial<NotificationProps>,
    },
    // On the page's own ground the library's would not be seen in the dark.
    SegmentedControl: {
      defaultProps: { radius: 'md', withItemsBorders: false } satisfies Partial<SegmentedControlProps>,
      styles: { root: { backgroundColor: 'light-dark(var(--mantine-color-gray-2), var(--mantine-color-dark-6))' } },
    },
    Select: SCROLLING_OPTIONS,
    MultiSelect: SCROLLING_OPTIONS,
    Autocomplete: SCROLLING_OPTIONS,
    TagsInput: SCROLLING_OPTIONS,
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        withArrow: true,
        events: { hover: true, focus: true, touch: false },
      } satisfies Partial<TooltipProps>,
    },
  },
})

/** Surfaces of our own (`--lw-…`) and the library's variables that our scales need otherwise. */
export const variables: CSSVariablesResolver = ({ colors }) => {
  const dark: Record<string, string> = {
    '--lw-page': 'var(--mantine-color-dark-8)',
    '--lw-line': 'var(--mantine-color-dark-5)',
    '--lw-hover': 'var(--mantine-color-dark-5)',
    '--lw-nav': 'var(--mantine-color-dark-7)',
    '--mantine-color-body': 'var(--mantine-color-dark-7)',
    '--mantine-color-default': 'var(--mantine-color-dark-6)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-brick-4)',
    '--mantine-color-success': 'var(--mantine-color-leaf-4)',
    '--mantine-color-anchor': 'var(--mantine-color-spruce-3)',
  }
  for (const name of Object.keys(colors)) {
    if (name === 'dark') continue
    const tint = (percent: number) => `color-mix(in srgb, var(--mantine-color-${name}-5) ${percent}%, transparent)`
    dark[`--mantine-color-${name}-light`] = tint(18)
    dark[`--mantine-color-${name}-light-hover`] = tint(26)
    dark[`--mantine-color-${name}-light-color`] = `var(--mantine-color-${name}-2)`
  }
  return {
    variables: {},
    light: {
      '--lw-page': '#f7f5f1',
      '--lw-line': 'var(--mantine-color-gray-2)',
      '--lw-hover': 'var(--mantine-color-gray-1)',
      '--lw-nav': '#f1eee8',
      '--mantine-color-body': '#ffffff',
      '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
      '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
      '--mantine-color-dimmed': '#63615b',
      '--mantine-color-error': 'var(--mantine-color-brick-7)',
      '--mantine-color-success': 'var(--mantine-color-leaf-7)',
    },
    dark,
  }
}
