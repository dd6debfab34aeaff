import { describe, expect, test } from 'vitest'
import { channelsOf, type LookToken, tokensOf } from '../support/look-tokens.js'

/** Colour, ground, and the ratio in light and dark that the documentation promises. */
const promised: readonly [LookToken, LookToken, number, number][] = [
  ['text', 'surface', 16.7, 15.1],
  ['text', 'hover', 14.9, 12.5],
  ['text', 'warning-soft', 15.1, 12.3],
  ['muted', 'surface', 6.2, 7.7],
  ['muted', 'accent-soft', 5.4, 6.1],
  ['accent', 'surface', 5.9, 8.4],
  ['accent', 'accent-soft', 5.1, 6.7],
  ['on-accent', 'accent', 5.9, 8.4],
  ['success', 'surface', 6, 9.8],
  ['success', 'success-soft', 5.3, 7.8],
  ['warning', 'warning-soft', 6, 8.3],
  ['danger', 'surface', 6.5, 9.1],
  ['danger', 'danger-soft', 5.7, 7.6],
]
/** Edges of controls and bars: 3 to 1 is what WCAG 2.2 asks for. */
const edges: readonly [LookToken, LookToken, number, number][] = [
  ['border-strong', 'surface', 3.4, 4.1],
  ['accent', 'track', 4.7, 5.5],
]

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('on %s ground', (scheme, column) => {
  const tokens = tokensOf[scheme]
  const ratioOf = (colour: LookToken, ground: LookToken) => contrast(tokens[colour], tokens[ground])

  test.each(promised)('%s on %s can be read, as well as promised', (colour, ground, ...ratios) => {
    expect(ratioOf(colour, ground)).toBeCloseTo(ratios[column] ?? 0, 1)
    expect(ratioOf(colour, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(edges)('%s on %s can be seen, as well as promised', (colour, ground, ...ratios) => {
    expect(ratioOf(colour, ground)).toBeCloseTo(ratios[column] ?? 0, 1)
    expect(ratioOf(colour, ground)).toBeGreaterThanOrEqual(3)
  })

  test.each(['surface', 'zone', 'hover', 'accent-soft', 'danger-soft'] as const)(
    'text, quiet text and links can be read on %s',
    (ground) => {
      for (const colour of ['text', 'muted', 'accent'] as const) {
        expect([colour, ratioOf(colour, ground) >= 4.5]).toEqual([colour, true])
      }
    },
  )
})

test('edges of controls can be seen on usual pages', () => {
  expect(contrast(tokensOf.light['border-strong'], '#f4f5f7')).toBeCloseTo(3.1, 1)
  expect(contrast(tokensOf.dark['border-strong'], '#1e1e1e')).toBeCloseTo(4, 1)
})

test('white on the scrim can be read over a white picture', () => {
  const grey = [13, 16, 22].map((channel) => Math.round(channel * 0.72 + 255 * 0.28))
  const hex = `#${grey.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`

  expect(contrast('#ffffff', hex)).toBeGreaterThanOrEqual(7)
})

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(hex).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
