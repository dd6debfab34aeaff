import type { Decorator, Preview } from '@storybook/react-vite'
import type { RequestHandler } from 'msw'
import { setupWorker } from 'msw/browser'
import { useLayoutEffect } from 'react'
import { configure } from 'storybook/test'
import { packs } from '../stories/support/packs.js'
import 's3-direct-upload/styles.css'

// The code that uploads comes with the first file: on a busy computer that takes a while.
configure({ asyncUtilTimeout: 10_000 })

const worker = setupWorker()
let started: Promise<unknown> | undefined

/**
 * A story names what answers its requests: `parameters: { msw: { handlers: [http.get(…)] } }`.
 * A request that no handler knows goes to the network.
 */
async function answerRequests(handlers: readonly RequestHandler[] = []) {
  started ??= worker.start({
    quiet: true,
    onUnhandledFrame: 'bypass',
    serviceWorker: { url: `${import.meta.env.BASE_URL}mockServiceWorker.js` },
  })
  await started
  worker.resetHandlers(...handlers)
}

/** The toolbar's theme for the page, and for a component that has a `theme` of its own. */
const withColorScheme: Decorator = (Story, { args, argTypes, globals }) => {
  const theme = String(globals.theme)
  useLayoutEffect(() => {
    document.documentElement.style.colorScheme = theme
    document.body.style.background = 'Canvas'
    document.body.style.color = 'CanvasText'
  }, [theme])
  return <Story args={'theme' in argTypes ? { theme, ...args } : args} />
}

/** The toolbar's language, for a component that has texts and no `locale` of its own. */
const withLocale: Decorator = (Story, { args, globals }) => {
  const locale = packs[String(globals.locale)]
  return <Story args={locale ? { locale, ...args } : args} />
}

const preview: Preview = {
  tags: ['autodocs'],
  decorators: [withColorScheme, withLocale],
  beforeEach: ({ parameters }) => answerRequests(parameters.msw?.handlers),
  globalTypes: {
    theme: {
      description: 'Colour scheme',
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
        ],
      },
    },
    locale: {
      description: 'Language of the texts',
      toolbar: { title: 'Language', icon: 'globe', dynamicTitle: true, items: Object.keys(packs) },
    },
  },
  initialGlobals: { theme: 'light', locale: 'en' },
  parameters: {
    layout: 'padded',
    // A violation fails the story's test.
    a11y: { test: 'error' },
  },
}

export default preview
