/** What a page is: dark text on light ground, or the other way round. */
export type Scheme = 'light' | 'dark'

// What apps and their libraries write on `<html>`, or further in, when they choose a scheme by hand.
const markNames = ['theme', 'mode', 'bs-theme', 'mantine-color-scheme'].map(
  (name) => `data-${name}`,
)
const marksOf = (scheme: Scheme) => `.${scheme},${markNames.map((name) => `[${name}=${scheme}]`)}`

/** Tells the scheme of the page around an element, now and whenever it changes; returns what ends that. */
export function watchScheme(element: Element, onScheme: (scheme: Scheme) => void): () => void {
  // jsdom has none.
  const system = window.matchMedia?.('(prefers-color-scheme: dark)')
  const tell = () => onScheme(schemeOf(element, system?.matches))
  const observer = new MutationObserver(tell)
  for (let place: Element | null = element; place; place = place.parentElement) {
    // Around `<body>`, any attribute may choose a `color-scheme`. Further in, `style` changes with every animation.
    const isPage = place.contains(document.body)
    observer.observe(
      place,
      isPage ? { attributes: true } : { attributeFilter: ['class', ...markNames] },
    )
  }
  system?.addEventListener('change', tell)
  tell()
  return () => {
    observer.disconnect()
    system?.removeEventListener('change', tell)
  }
}

/** The nearest mark decides; without one, what the page's style or meta element allows and the system prefers. */
function schemeOf(element: Element, isSystemDark = false): Scheme {
  const mark = element.closest(`${marksOf('dark')},${marksOf('light')}`)
  if (mark) return mark.matches(marksOf('dark')) ? 'dark' : 'light'
  const { colorScheme } = getComputedStyle(element)
  const meta = document.querySelector<HTMLMetaElement>('meta[name=color-scheme]')
  // Empty in jsdom.
  const isUnset = !colorScheme || colorScheme === 'normal'
  const allowed = (isUnset ? meta?.content : colorScheme) ?? ''
  return allowed.includes('dark') && (isSystemDark || !allowed.includes('light')) ? 'dark' : 'light'
}
