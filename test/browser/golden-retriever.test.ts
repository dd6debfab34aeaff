import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'
import { sha256OfFile } from '../support/test-files.js'

const suite = browserSuite('/dashboard.html?golden-retriever')

/** What Golden Retriever keeps shall do alone. */
function forgetOurRecords(): Promise<void> {
  return suite.tab.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('s3-direct-upload')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('resume-records', 'readwrite')
          transaction.objectStore('resume-records').clear()
          transaction.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      }),
  )
}

it('goes on after a reload with the parts that the bucket has, without choosing the file again', async () => {
  const { page } = suite.tab
  suite.app.configure({ multipartThreshold: '5MiB', partSize: '5MiB' })
  // The second part is small: it arrives seconds before the first.
  const path = await suite.folder.write('film.mp4', 5_600_000)
  await page.locator('.uppy-Dashboard-input').first().setInputFiles(path)
  await suite.tab.limitUpload(1_000_000)
  await page.getByRole('button', { name: 'Upload 1 file' }).click()
  await expect.poll(() => suite.app.bucket.arrivedParts(), { timeout: 60_000 }).toHaveLength(1)
  const [arrived] = await suite.app.bucket.arrivedParts()
  await forgetOurRecords()

  await page.reload()
  suite.tab.requests.length = 0
  await suite.tab.limitUpload(Number.POSITIVE_INFINITY)
  await page.getByText('Session restored').waitFor()
  await page.getByRole('button', { name: 'Upload 1 file' }).click()
  await page.getByText('1 uploaded').waitFor({ timeout: 60_000 })

  const [upload] = suite.app.uploads
  expect(await suite.app.bucket.sha256(upload?.key ?? '')).toBe(await sha256OfFile(path))
  const sentAgain = suite.tab.requests
    .filter(({ method }) => method === 'PUT')
    .map(({ url }) => Number(new URL(url).searchParams.get('partNumber')))
  expect(sentAgain).toEqual([arrived === 1 ? 2 : 1])
  expect(await suite.app.bucket.openUploads()).toBe(0)
})
