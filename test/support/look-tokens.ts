/** The colours of the component as they are published, by the name of the token without `--s3u-`. */
export const lightTokens = {
  text: '#1a1e26',
  muted: '#59616f',
  surface: '#ffffff',
  zone: '#f8f9fb',
  hover: '#eff2f7',
  border: '#e1e5eb',
  'border-strong': '#838b99',
  track: '#e3e7ed',
  accent: '#2a5bd7',
  'accent-hover': '#2149b4',
  'on-accent': '#ffffff',
  'accent-soft': '#e9effe',
  success: '#19713f',
  'success-soft': '#e2f4e9',
  warning: '#855000',
  'warning-soft': '#fdf2de',
  danger: '#b3261e',
  'danger-soft': '#fdeceb',
}

/** Name of a colour. */
export type LookToken = keyof typeof lightTokens

/** The same on dark ground. */
export const darkTokens: Readonly<Record<LookToken, string>> = {
  text: '#eceff4',
  muted: '#a5adba',
  surface: '#171a20',
  zone: '#1a1e25',
  hover: '#252a33',
  border: '#2e343e',
  'border-strong': '#737c8b',
  track: '#343b46',
  accent: '#8fb4ff',
  'accent-hover': '#b3cdff',
  'on-accent': '#0e1930',
  'accent-soft': '#1d2c4d',
  success: '#74d69f',
  'success-soft': '#17321f',
  warning: '#f2bd63',
  'warning-soft': '#36290f',
  danger: '#ffa39a',
  'danger-soft': '#3d2120',
}

/** What the component is drawn in. */
export const tokensOf = { light: lightTokens, dark: darkTokens }

/** Red, green and blue of `#rgb` or `#rrggbb`, 0 to 255. */
export function channelsOf(hex: string): [number, number, number] {
  const digits = hex.length === 4 ? hex.replace(/[\da-f]/g, '$&$&') : hex
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(digits.slice(at, at + 2), 16),
  )
  return [red, green, blue]
}
