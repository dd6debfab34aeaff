// @vitest-environment node
import { expect, test } from 'vitest'
import { firstLoadOf } from '../../scripts/sizes/first-load.js'
import { subjects } from '../../scripts/sizes/subjects.js'
import { repositoryPath } from '../support/repository-path.js'

test.each(subjects)(
  '$name loads no more than $limit kB at first, and $laterLimit kB later',
  async ({ name, limit, laterLimit, code }) => {
    const { firstBytes, laterBytes } = await firstLoadOf(code, repositoryPath(''))
    const [first, later] = [firstBytes, laterBytes].map((bytes) => (bytes / 1000).toFixed(1))
    process.stdout.write(`${name}: ${first} kB gzip at first, ${later} kB later\n`)

    expect(firstBytes).toBeGreaterThan(1000)
    expect(firstBytes).toBeLessThanOrEqual(limit * 1000)
    expect(laterBytes).toBeLessThanOrEqual(laterLimit * 1000)
  },
)

test('an uploader loads nothing of the downloads, a download nothing of uploads', async () => {
  const [uploader, download] = await Promise.all(
    ['S3Uploader', 'S3Download'].map((name) =>
      firstLoadOf(`export { ${name} } from './dist/index.js'`, repositoryPath('')),
    ),
  )

  expect(uploader?.firstCode).not.toMatch(/sign-downloads|sign-uploads|indexedDB|XMLHttpRequest/)
  expect(download?.firstCode).not.toMatch(/sign-uploads|indexedDB|XMLHttpRequest|files-added/)
})
