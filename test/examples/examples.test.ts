import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { chromium } from 'playwright'
import { startTestS3 } from 's3-direct-upload/testing/node'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { packPackage } from '../consumers/consumer-app.js'
import { emptyLooks, openLooks, wrongLooks } from '../consumers/looks-page.js'
import { uploadThroughPage } from '../consumers/upload-through-page.js'
import { chromiumLaunchOptions } from '../support/find-chromium.js'
import { type ExamplesFolder, type RunningExample, unpackExamples } from './example-app.js'
import { lambdaEvents } from './lambda-events.js'
import { uploadOverHttp } from './upload-over-http.js'

let examples: ExamplesFolder
let running: RunningExample | undefined
const credentials = {
  accessKeyId: 'ASIAPLATFORM',
  secretAccessKey: 'a-secret',
  sessionToken: 'a-session',
}
const environmentOf = (endpoint: string) => ({
  PRIVATE_S3_BUCKET: 'platform',
  PRIVATE_S3_PREFIX: 'review-7/',
  S3_UPLOAD_SECRET: 'a secret of at least thirty-two characters',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
})

beforeAll(async () => {
  const tarball = await packPackage()
  examples = await unpackExamples(tarball)
  await rm(dirname(tarball), { recursive: true })
})

afterEach(async () => {
  await running?.stop()
  running = undefined
})

afterAll(() => examples.remove())

test.each(['hono', 'express', 'fastify', 'edge', 'lambda'])(
  'the example %s starts by one command, without an account, and takes a file byte for byte',
  async (name) => {
    const content = new Uint8Array(randomBytes(2_345_678))
    running = await examples.start(name)

    const page = await fetch(running.url)
    const { status, completed } = await uploadOverHttp(running.url, content)

    expect(await page.text()).toContain('<main id="root">')
    expect([status, completed]).toMatchObject([201, { size: content.byteLength }])
    if (name === 'hono') expect(await wrongLooksOf(running.url)).toEqual([])
    const { key } = completed as { key: string }
    expect((await running.storedFile(key)).equals(content)).toBe(true)
  },
)

test.each(['function.js', 'express.js'])(
  'the example lambda answers in %s what API Gateway, function URLs and load balancers send',
  (name) => {
    const id = crypto.randomUUID()
    const files = [{ id, name: 'a.txt', type: 'text/plain', size: 5 }]
    const events = lambdaEvents('/api/s3', JSON.stringify({ operation: 'sign-uploads', files }))

    const answers = invokeLambda(name, events, environmentOf('http://127.0.0.1:1'))

    expect(Object.keys(answers)).toEqual(Object.keys(events))
    for (const { statusCode, body } of Object.values(answers)) {
      expect([statusCode, JSON.parse(body)]).toMatchObject([
        200,
        { files: [{ id, method: 'POST' }] },
      ])
    }
  },
)

test('the example lambda loads without its variables, and its requests are refused', () => {
  const events = lambdaEvents('/api/s3', '{"operation":"sign-uploads","files":[]}')

  const answers = invokeLambda('function.js', events, {})

  for (const { statusCode, body } of Object.values(answers)) {
    expect([statusCode, body]).toEqual([500, expect.stringContaining('"misconfigured"')])
  }
})

// `next build` alone takes half a minute.
test('the example next builds, starts by one command, and takes a file from a browser', {
  timeout: 240_000,
}, async () => {
  const content = 'A line of this file.\n'.repeat(10_000)
  const s3 = await startTestS3({
    buckets: ['platform'],
    credentials,
    cors: [
      { allowedOrigins: ['http://127.0.0.1:*'], allowedMethods: ['POST'], allowedHeaders: ['*'] },
    ],
  })
  running = await examples.start('next', environmentOf(s3.url))

  const server = { ...running, endpoint: s3.url, bucket: 'platform', credentials }
  const result = await uploadThroughPage(server, content).finally(s3.close)

  expect(result).toEqual({ stored: content, complaints: [] })
  expect(await wrongLooksOf(running.url)).toEqual([])
})

test('without static keys and without the package for roles, the error says what to install', () => {
  const script = `
    import { configFromEnv } from 's3-direct-upload/server/node'
    const { credentials } = configFromEnv()
    await credentials().catch((error) => console.log(error.name, error.message))`

  const printed = examples.run('hono', script, {
    S3_BUCKET: 'any',
    AWS_REGION: 'us-east-1',
    S3_UPLOAD_SECRET: 'a secret of at least thirty-two characters',
    AWS_EC2_METADATA_DISABLED: 'true',
  })

  expect(printed).toMatch(/^CredentialsProviderError .*npm install @aws-sdk\/credential-providers/)
})

/** Hands events to the function of a file of the example lambda; returns its answers by the names of the events. */
function invokeLambda(
  name: string,
  events: Readonly<Record<string, object>>,
  env: Readonly<Record<string, string>>,
): Record<string, { statusCode: number; body: string }> {
  const script = `
    import { handler } from './${name}'
    const answers = {}
    for (const [name, event] of Object.entries(JSON.parse(process.env.EVENTS))) {
      answers[name] = await handler(event, {})
    }
    console.log(JSON.stringify(answers))`
  return JSON.parse(examples.run('lambda', script, { ...env, EVENTS: JSON.stringify(events) }))
}

/** Looks at the built page on light and on dark ground; says which colours are wrong. */
async function wrongLooksOf(url: string): Promise<string[]> {
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const light = await openLooks(browser, url, { isSystemDark: true })
    const dark = await openLooks(browser, url, { html: 'class="dark"' })
    return [
      ...(await wrongLooks(light, 'body', 'light', emptyLooks)),
      ...(await wrongLooks(dark, 'body', 'dark', emptyLooks)),
    ]
  } finally {
    await browser.close()
  }
}
