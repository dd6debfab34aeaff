import assert from 'node:assert/strict'
import type { Row } from '../row.js'
import type { User } from '../user.js'

const lightest = 0.8
const darkest = 0.2

/** How bright text and ground of the button for files are, from 0 to 1. */
const brightness = (user: User) =>
  user.ev(() => {
    const button = document.querySelector('.s3u button')
    if (!button) throw new Error('There is no button.')
    const style = getComputedStyle(button)
    // A canvas understands every form of a colour.
    const context = document.createElement('canvas').getContext('2d')
    const of = (color: string) => {
      if (!context) return 0
      context.fillStyle = color
      context.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
      return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
    }
    return { text: of(style.color), ground: of(style.backgroundColor) }
  })

async function expectLight(user: User): Promise<void> {
  const { text, ground } = await brightness(user)
  assert.ok(ground > lightest && text < darkest, `text ${text} on ${ground}`)
}

async function expectDark(user: User): Promise<void> {
  const { text, ground } = await brightness(user)
  assert.ok(ground < darkest && text > lightest, `text ${text} on ${ground}`)
}

export const looksRows: readonly Row[] = [
  {
    name: 'colours: light, dark, and on a light page whatever the system prefers',
    async run({ startSite, openPage }) {
      const site = await startSite()
      const user = await openPage(site.page({ theme: 'light' }))

      await expectLight(user)
      await user.go(site.page({ theme: 'dark' }))
      await expectDark(user)
      await user.go(site.page({ theme: 'auto' }))
      await expectLight(user)
    },
  },
]
