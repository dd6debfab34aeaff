import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Row, Stage } from '../row.js'
import { until } from '../until.js'
import type { User } from '../user.js'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const grounds = { light: '#ffffff', dark: '#16181c' } as const

interface Axe {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

async function expectNoViolation(user: User, state: string): Promise<void> {
  const found = await user.ev(async () => {
    const axe = Reflect.get(window, 'axe') as Axe
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
  assert.deepEqual(found, [], state)
}

async function goThroughStates({ startSite, openPage, files }: Stage, theme: 'light' | 'dark') {
  const axe = await readFile(axePath, 'utf8')
  const ground = `addEventListener('DOMContentLoaded', () => {
    document.body.style.background = '${grounds[theme]}'
    document.body.style.color = '${theme === 'dark' ? '#ffffff' : '#000000'}'
  })`
  const site = await startSite({
    before: `${axe};${ground}`,
    signing: { rules: { accept: ['video/*'] } },
  })
  const user = await openPage(site.page({ theme }))

  await expectNoViolation(user, 'empty')
  site.line.bytesPerSecond = 2_000_000
  await user.choose(await files.write('film.mp4', 20 * 2 ** 20))
  await until('the upload', () => site.line.sentBytes > 500_000)
  await expectNoViolation(user, 'uploading')
  await user.press(/pause upload/)
  await until('the pause', () => user.hasButton(/resume upload/))
  await expectNoViolation(user, 'paused')
  await user.choose(await files.write('notes.txt', 100))
  await user.ended(1)
  await expectNoViolation(user, 'failed')
  site.line.bytesPerSecond = Number.POSITIVE_INFINITY
  await user.press(/resume upload/)
  await user.ended(2)
  await until('the end on the page', () => user.hasButton(/remove file.*film/))
  await expectNoViolation(user, 'complete')
}

export const accessibilityRows: readonly Row[] = (['light', 'dark'] as const).map((theme) => ({
  name: `axe finds nothing, ${theme}: empty, uploading, paused, failed, complete`,
  run: (stage) => goThroughStates(stage, theme),
}))
