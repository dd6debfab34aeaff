import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { launchBrowser } from '../support/browser-page.js'
import type { RunningServer } from './consumer-app.js'

/** Uploads a text file as a user does; returns what the bucket holds then, and what the console said. */
export async function uploadThroughPage(server: RunningServer, content: string) {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    await page.goto(server.url)
    await page.locator('input[type=file]').setInputFiles({
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(content),
    })
    const output = page.getByLabel('Object key').filter({ hasText: /./ })
    await output.waitFor({ timeout: 20_000 }).catch(async (cause) => {
      const shown = await page.locator('body').innerText()
      throw new Error([`No upload came to its end.`, shown, ...complaints].join('\n'), { cause })
    })
    return { stored: await readObject(server, await output.innerText()), complaints }
  } finally {
    await browser.close()
  }
}

async function readObject(server: RunningServer, key: string): Promise<string | undefined> {
  const { endpoint, credentials, bucket } = server
  const client = new S3Client({
    endpoint,
    credentials: { ...credentials },
    region: 'us-east-1',
    forcePathStyle: true,
  })
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return Body?.transformToString()
}
