import type { S3DownloadProps } from 's3-direct-upload'
import { expect } from 'vitest'
import { objectUrl } from '../../src/s3/endpoint.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import type { BrowserSuite } from './browser-suite.js'

/** Puts objects into the bucket of a suite, and opens pages with a download of them. */
export function downloadsOf(suite: BrowserSuite) {
  async function put(key: string, body: Uint8Array<ArrayBuffer> | string, type: string) {
    const { name, region, endpoint, credentials } = suite.app.bucket
    const headers = { 'content-type': type }
    const url = objectUrl({ bucket: name, region, endpoint }, key)
    const request = { method: 'PUT', url, headers, expiresInSeconds: 60 }
    const signed = presignUrl(request, { credentials, region })
    expect((await fetch(signed, { method: 'PUT', headers, body })).status).toBe(200)
  }

  /** A page with the component; its address is the same before and after every download. */
  async function openWith(props: Partial<S3DownloadProps>) {
    const { page } = suite.tab
    const address = `${suite.app.url}/download.html?props=${encodeURIComponent(JSON.stringify(props))}`
    await page.goto(address)
    return { page, address }
  }

  return { put, openWith }
}
