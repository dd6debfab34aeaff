import type { Route } from 'playwright'
import { expect, it } from 'vitest'
import { browserSuite } from '../support/browser-suite.js'

const suite = browserSuite()

/** Ceph answers a bad signature of a form like a missing permission; from version 20 on without a word why. */
const isCeph = () => suite.app.bucket.server.startsWith('ceph-')
const isSilentCeph = () => suite.app.bucket.server === 'ceph-20.2'

interface SignRequest {
  operation: string
  files: { size: number }[]
}

interface SignResponse {
  files: { fields: Record<string, string> }[]
}

/** Alters what the page asks of the endpoint, or what it is told, as an attacker in the page could. */
async function tamper(change: {
  request?: (body: SignRequest) => void
  response?: (body: SignResponse) => void
}): Promise<void> {
  await suite.tab.page.route('**/api/s3', async (route: Route) => {
    const request = route.request().postDataJSON() as SignRequest
    if (request.operation !== 'sign-uploads') return await route.continue()
    change.request?.(request)
    const response = await route.fetch({ postData: JSON.stringify(request) })
    const body = (await response.json()) as SignResponse
    change.response?.(body)
    return await route.fulfill({ response, json: body })
  })
}

/** What developers read of the failed upload, and what users do. */
async function uploadAndReadError() {
  await suite.tab.page
    .locator('input[type=file]')
    .setInputFiles(await suite.folder.write('photo.jpg', 20_000))
  const row = suite.tab.page.getByRole('listitem').filter({ hasText: 'photo.jpg' })
  await row.and(suite.tab.page.locator('[data-status=failed]')).waitFor({ timeout: 60_000 })
  const message = (await suite.tab.page.locator('html').getAttribute('data-error')) ?? ''
  return { message, row: (await row.textContent()) ?? '' }
}

it('shows why a forged signature is refused, and nothing is stored', async () => {
  suite.app.configure({
    credentials: { ...suite.app.bucket.credentials, secretAccessKey: 'not the bucket’s secret' },
  })

  const { message } = await uploadAndReadError()

  expect(message).toContain(isCeph() ? 'AccessDenied' : 'The signature does not match the request.')
  expect(await suite.app.bucket.keys()).toEqual([])
})

it('shows that a signature has expired, and nothing is stored', async () => {
  suite.app.configure({ now: () => new Date(Date.now() - 3_600_000) })

  const { message } = await uploadAndReadError()

  expect(message).toContain(isSilentCeph() ? 'AccessDenied' : 'expired. Raise signatureLifetime')
  expect(await suite.app.bucket.keys()).toEqual([])
})

it('shows that an altered key is refused, and nothing is stored', async () => {
  await tamper({
    response: ({ files }) => {
      for (const { fields } of files) fields.key = 'somebody/elses.jpg'
    },
  })

  const { message } = await uploadAndReadError()

  expect(message).toContain('The storage denied the upload')
  expect(await suite.app.bucket.keys()).toEqual([])
})

it('shows that a file larger than announced is refused, and nothing is stored', async () => {
  await tamper({
    request: ({ files }) => {
      for (const file of files) file.size = 10
    },
  })

  const { message } = await uploadAndReadError()

  expect(message).toContain('The storage takes no request this large.')
  expect(await suite.app.bucket.keys()).toEqual([])
})

it('says what to do about a file that the endpoint finds too large', async () => {
  suite.app.configure({ rules: { maxFileSize: '1kB' } })

  const { row } = await uploadAndReadError()

  expect(row).toMatch(/photo\.jpg.*The file is too large\. Choose a smaller one\./)
})

it('shows that the endpoint does not know the user', async () => {
  suite.app.configure({ authorize: () => null })

  const { row } = await uploadAndReadError()

  expect(row).toMatch(/sign in|signed in/i)
})
