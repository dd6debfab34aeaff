import type { Decorator, Preview } from '@storybook/react-vite'
import type { RequestHandler } from 'msw'
import { setupWorker } from 'msw/browser'
import { useLayoutEffect } from 'react'
import 's3-direct-upload/styles.css'

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

const withColorScheme: Decorator = (Story, { globals }) => {
  const scheme = String(globals.theme)
  useLayoutEffect(() => {
    document.documentElement.style.colorScheme = scheme
    document.documentElement.dataset.theme = scheme
    document.body.style.background = 'Canvas'
    document.body.style.color = 'CanvasText'
  }, [scheme])
  return <Story />
}

const preview: Preview = {
  tags: ['autodocs'],
  decorators: [withColorScheme],
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
  },
  initialGlobals: { theme: 'light' },
  parameters: {
    layout: 'padded',
    // A violation fails the story's test.
    a11y: { test: 'error' },
  },
}

export default preview
